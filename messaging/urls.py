"""Addresses of messages and resources in the practice."""

from __future__ import annotations

from django.urls import path

from messaging.practice.calendar import calendar, calendar_rules, hold, release
from messaging.practice.inbox import hours, inbox
from messaging.practice.library import library, piece, print_piece
from messaging.practice.notes import add_to, lines, note, note_draft, review_held, sessions
from messaging.practice.reminders import reminders
from messaging.practice.resources import offer, recall, resources
from messaging.practice.session import book, session
from messaging.practice.thread import thread, thread_draft

app_name = "messaging"

RECORD = "practice/clients/<uuid:client_id>/"

urlpatterns = [
    path("practice/calendar/", calendar, name="calendar"),
    path("practice/calendar/new/", book, name="book"),
    path("practice/calendar/hold/", hold, name="hold"),
    path("practice/calendar/release/", release, name="release"),
    path("practice/calendar/rules/", calendar_rules, name="calendar_rules"),
    path("practice/calendar/sessions/<uuid:session_id>/", session, name="session"),
    path("practice/messages/", inbox, name="inbox"),
    path("practice/messages/hours/", hours, name="hours"),
    path("practice/library/", library, name="library"),
    path("practice/library/<slug:piece>/", piece, name="piece"),
    path("practice/library/<slug:piece>/print/", print_piece, name="print_piece"),
    path(f"{RECORD}messages/", thread, name="thread"),
    path(f"{RECORD}messages/draft/", thread_draft, name="thread_draft"),
    path(f"{RECORD}sessions/", sessions, name="sessions"),
    path(f"{RECORD}sessions/<uuid:session_id>/", note, name="note"),
    path(f"{RECORD}sessions/<uuid:session_id>/draft/", note_draft, name="note_draft"),
    path(f"{RECORD}sessions/<uuid:session_id>/add/", add_to, name="add_to"),
    path(f"{RECORD}sessions/<uuid:session_id>/held/", review_held, name="review_held"),
    path(f"{RECORD}sessions/<uuid:session_id>/for/", lines, name="session_lines"),
    path(f"{RECORD}reminders/", reminders, name="reminders"),
    path(f"{RECORD}resources/", resources, name="resources"),
    path(f"{RECORD}resources/offer/", offer, name="offer"),
    path(f"{RECORD}resources/<uuid:resource_id>/take-back/", recall, name="recall"),
]
