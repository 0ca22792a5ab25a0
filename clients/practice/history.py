"""The record's history: what happened, and who opened it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, render
from clients.practice.who import head_of
from clients.selectors.history import history


# Reasons are words of the plan and of messages too: they are opened for whoever reaches them.
@record_page(
    DataClass.LEDGER, DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT, DataClass.PLAN, DataClass.MESSAGE
)
@require_safe
def record_history(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Both ledgers in sentences. Reading them is itself in them."""
    shown = {"record": head_of(request), "current_tab": "clients:more", "history": history(client_id)}
    return render(request, "clients/history.html", shown)
