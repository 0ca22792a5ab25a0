"""Addresses of what a client, or anybody, can open."""

from django.urls import include, path

from clients.portal.help_now import help_now
from clients.portal.home import home
from clients.portal.ledger import ledger
from clients.portal.more import more
from clients.portal.quiet import quiet, tuck

my = [
    path("", home, name="home"),
    path("more/", more, name="more"),
    path("who-saw/", ledger, name="ledger"),
    path("what-shows/", quiet, name="quiet"),
    path("put-away/", tuck, name="tuck"),
]

urlpatterns = [
    path("help-now/", help_now, name="help_now"),
    path("my/", include((my, "my"))),
]
