"""Addresses of what a client, or anybody, can open."""

from django.urls import include, path

from clients.portal.about import about
from clients.portal.everything import everything, everything_data, everything_file, read_everything
from clients.portal.help_now import help_now
from clients.portal.home import home
from clients.portal.ledger import ledger
from clients.portal.more import more
from clients.portal.people import people, person, take_off
from clients.portal.quiet import quiet, tuck
from clients.portal.reach import reach
from clients.portal.views_of_mine import named

my = [
    path("", home, name="home"),
    path("more/", more, name="more"),
    path("about/", about, name="about"),
    path("people/", people, name="people"),
    path("people/<uuid:person_around_id>/", person, name="person"),
    path("people/<uuid:person_around_id>/take-off/", take_off, name="take_off"),
    path("reach-me/", reach, name="reach"),
    path("what-they-call-it/", named, name="named"),
    path("who-saw/", ledger, name="ledger"),
    path("what-shows/", quiet, name="quiet"),
    path("put-away/", tuck, name="tuck"),
    path("everything/", everything, name="everything"),
    path("everything/read/", read_everything, name="everything_read"),
    path("everything/file/", everything_file, name="everything_file"),
    path("everything/data/", everything_data, name="everything_data"),
]

urlpatterns = [
    path("help-now/", help_now, name="help_now"),
    path("my/", include((my, "my"))),
]
