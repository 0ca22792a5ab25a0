"""Addresses of the room: everything below a sheet's `client/` is what a turned device reaches.

Below `code/sheet/` is what a browser reaches that was let in on a call; its address names nobody.
"""

from django.urls import path

from plans.practice.code import code
from plans.practice.sheet import sheet
from plans.practice.sheet_back import sheet_back
from plans.practice.sheet_call import sheet_call, sheet_call_done, sheet_call_draft
from plans.practice.sheet_client import sheet_client
from plans.practice.sheet_code import sheet_code
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
    path(f"{SHEET}code/", sheet_code, name="sheet_code"),
    path("code/", code, name="code"),
    path("code/sheet/", sheet_call, name="sheet_call"),
    path("code/sheet/draft/", sheet_call_draft, name="sheet_call_draft"),
    path("code/sheet/done/", sheet_call_done, name="sheet_call_done"),
    path(f"{SHEET}client/", sheet_client, name="sheet_client"),
    path(f"{SHEET}client/draft/", sheet_client_draft, name="sheet_client_draft"),
    path(f"{SHEET}client/back/", sheet_back, name="sheet_back"),
]
