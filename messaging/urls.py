"""Addresses of messages and resources in the practice."""

from __future__ import annotations

from django.urls import path

from messaging.practice.inbox import hours, inbox
from messaging.practice.library import library, piece, print_piece
from messaging.practice.resources import offer, recall, resources
from messaging.practice.thread import thread, thread_draft

app_name = "messaging"

RECORD = "practice/clients/<uuid:client_id>/"

urlpatterns = [
    path("practice/messages/", inbox, name="inbox"),
    path("practice/messages/hours/", hours, name="hours"),
    path("practice/library/", library, name="library"),
    path("practice/library/<slug:piece>/", piece, name="piece"),
    path("practice/library/<slug:piece>/print/", print_piece, name="print_piece"),
    path(f"{RECORD}messages/", thread, name="thread"),
    path(f"{RECORD}messages/draft/", thread_draft, name="thread_draft"),
    path(f"{RECORD}resources/", resources, name="resources"),
    path(f"{RECORD}resources/offer/", offer, name="offer"),
    path(f"{RECORD}resources/<uuid:resource_id>/take-back/", recall, name="recall"),
]
