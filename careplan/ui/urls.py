"""Addresses of the kernel's own pages."""

from django.urls import path

from careplan.ui import doors

app_name = "ui"
urlpatterns = [
    path("leave/", doors.leave, name="leave"),
    path("left/", doors.left, name="left"),
    path("session/stay/", doors.stay, name="stay"),
]
