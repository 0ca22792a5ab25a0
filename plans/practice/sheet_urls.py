"""Addresses of the room: everything below a sheet's `client/` is what a turned device reaches."""

from django.urls import path

from plans.practice.sheet import sheet
from plans.practice.sheet_back import sheet_back
from plans.practice.sheet_client import sheet_client
from plans.practice.sheet_draft import sheet_client_draft, sheet_draft
from plans.practice.sheet_open import sheet_open
from plans.practice.sheet_print import sheet_print

CLIENT = "practice/clients/<uuid:client_id>/"
SHEET = f"{CLIENT}sheets/<uuid:sheet_id>/"

urlpatterns = [
    path(f"{CLIENT}sheets/", sheet_open, name="sheet_open"),
    path(SHEET, sheet, name="sheet"),
    path(f"{SHEET}draft/", sheet_draft, name="sheet_draft"),
    path(f"{SHEET}print/", sheet_print, name="sheet_print"),
    path(f"{SHEET}client/", sheet_client, name="sheet_client"),
    path(f"{SHEET}client/draft/", sheet_client_draft, name="sheet_client_draft"),
    path(f"{SHEET}client/back/", sheet_back, name="sheet_back"),
]
