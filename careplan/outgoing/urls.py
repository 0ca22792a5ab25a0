"""The address of the outbox."""

from django.urls import path

from careplan.outgoing.practice.outbox import outbox

app_name = "outgoing"
urlpatterns = [path("outbox/", outbox, name="outbox")]
