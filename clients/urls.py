"""Addresses of the clients' pages in the practice."""

from __future__ import annotations

from django.urls import path

from clients.practice.about import about
from clients.practice.add_client import add_client
from clients.practice.care_team import end_place, team
from clients.practice.client_list import clients
from clients.practice.consent import consent, spoken_withdrawal
from clients.practice.consent_ask import consent_ask
from clients.practice.consents import ask_first_day, consents
from clients.practice.contact import contact
from clients.practice.deciders import deciders, end_decider
from clients.practice.diagnoses import close_diagnosis, every_diagnosis, one_diagnosis, own_view, tell_diagnosis
from clients.practice.disclosures import told_to_others
from clients.practice.drafts import form_draft
from clients.practice.history import record_history
from clients.practice.limits import answer_limits_question, limits
from clients.practice.more import more
from clients.practice.nobody_leads import without_lead
from clients.practice.overview import overview
from clients.practice.own_pages import invite_page
from clients.practice.people import people
from clients.practice.person_around import change_person, take_off
from clients.practice.quiet import quiet, show_again
from clients.practice.start import start
from clients.practice.today import today
from clients.practice.tuck import tuck
from clients.practice.who_saw import access

app_name = "clients"

RECORD = "practice/clients/<uuid:client_id>/"

urlpatterns = [
    path("", start, name="start"),
    path("practice/", today, name="today"),
    path("practice/clients/", clients, name="list"),
    path("practice/clients/add/", add_client, name="add"),
    path("practice/clients/nobody-leads/", without_lead, name="nobody_leads"),
    path(RECORD, overview, name="overview"),
    path(f"{RECORD}drafts/<slug:key>/", form_draft, name="form_draft"),
    path(f"{RECORD}access/", access, name="access"),
    path(f"{RECORD}about/", about, name="about"),
    path(f"{RECORD}contact/", contact, name="contact"),
    path(f"{RECORD}own-pages/", invite_page, name="own_pages"),
    path(f"{RECORD}people/", people, name="people"),
    path(f"{RECORD}people/<uuid:person_around_id>/", change_person, name="person"),
    path(f"{RECORD}people/<uuid:person_around_id>/take-off/", take_off, name="take_off"),
    path(f"{RECORD}consents/", consents, name="consents"),
    path(f"{RECORD}consents/ask/", consent_ask, name="consent_ask"),
    path(f"{RECORD}consents/first-day/", ask_first_day, name="ask_first_day"),
    path(f"{RECORD}consents/told-to-others/", told_to_others, name="disclosures"),
    path(f"{RECORD}consents/<uuid:consent_id>/", consent, name="consent"),
    path(f"{RECORD}consents/<uuid:consent_id>/stopped/", spoken_withdrawal, name="spoken_withdrawal"),
    path(f"{RECORD}consents/limits/", limits, name="limits"),
    path(f"{RECORD}consents/limits/<slug:card_key>/answer/", answer_limits_question, name="limits_answer"),
    path(f"{RECORD}diagnoses/", every_diagnosis, name="diagnoses"),
    path(f"{RECORD}diagnoses/<uuid:diagnosis_id>/", one_diagnosis, name="diagnosis"),
    path(f"{RECORD}diagnoses/<uuid:diagnosis_id>/view/", own_view, name="diagnosis_view"),
    path(f"{RECORD}diagnoses/<uuid:diagnosis_id>/told/", tell_diagnosis, name="diagnosis_told"),
    path(f"{RECORD}diagnoses/<uuid:diagnosis_id>/end/", close_diagnosis, name="diagnosis_end"),
    path(f"{RECORD}history/", record_history, name="history"),
    path(f"{RECORD}quiet/", quiet, name="quiet"),
    path(f"{RECORD}quiet/tuck/", tuck, name="tuck"),
    path(f"{RECORD}quiet/<uuid:tucked_id>/show-again/", show_again, name="show_again"),
    path(f"{RECORD}deciders/", deciders, name="deciders"),
    path(f"{RECORD}deciders/<uuid:decider_id>/end/", end_decider, name="end_decider"),
    path(f"{RECORD}team/", team, name="team"),
    path(f"{RECORD}team/<uuid:relationship_id>/end/", end_place, name="end_place"),
    path(f"{RECORD}more/", more, name="more"),
]
