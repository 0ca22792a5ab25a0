"""Addresses of what billing sees, in a client's own pages."""

from __future__ import annotations

from django.urls import path

from plans.portal.billing_seen import decide, seen

app_name = "my_billing"

urlpatterns = [
    path("", seen, name="seen"),
    path("held/", decide, name="decide"),
]
