"""Addresses of what a client, or anybody, can open."""

from django.urls import include, path

from clients.portal.about import about
from clients.portal.deciders import deciders
from clients.portal.drafts import form_draft
from clients.portal.everything import everything, everything_data, everything_file, read_everything
from clients.portal.first_day import before_we_start, limits_card
from clients.portal.help_now import help_now
from clients.portal.home import home
from clients.portal.ledger import ledger
from clients.portal.lift import lift_permission
from clients.portal.more import more
from clients.portal.people import people, person, take_off
from clients.portal.permission import change_permission, permission
from clients.portal.permissions import exactly, permission_again, permissions, stop_permission
from clients.portal.quiet import quiet, tuck
from clients.portal.reach import reach
from clients.portal.views_of_mine import named

my = [
    path("", home, name="home"),
    path("drafts/<slug:key>/", form_draft, name="form_draft"),
    path("more/", more, name="more"),
    path("about/", about, name="about"),
    path("people/", people, name="people"),
    path("people/<uuid:person_around_id>/", person, name="person"),
    path("people/<uuid:person_around_id>/take-off/", take_off, name="take_off"),
    path("who-decides/", deciders, name="deciders"),
    path("reach-me/", reach, name="reach"),
    path("what-they-call-it/", named, name="named"),
    path("who-saw/", ledger, name="ledger"),
    path("before-we-start/", before_we_start, name="first_day"),
    path("before-we-start/cards/<slug:card_key>/", limits_card, name="limits_card"),
    path("permissions/", permissions, name="permissions"),
    path("permissions/<uuid:consent_id>/", permission, name="permission"),
    path("permissions/<uuid:consent_id>/stop/", stop_permission, name="stop_permission"),
    path("permissions/<uuid:consent_id>/lift/", lift_permission, name="lift_permission"),
    path("permissions/<uuid:consent_id>/change/", change_permission, name="change_permission"),
    path("permissions/<uuid:consent_id>/again/", permission_again, name="permission_again"),
    path("permissions/<uuid:consent_id>/exactly/", exactly, name="exactly"),
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
