"""Addresses of what a client, or anybody, can open."""

from django.urls import path

from clients.portal.help_now import help_now

urlpatterns = [
    path("help-now/", help_now, name="help_now"),
]
