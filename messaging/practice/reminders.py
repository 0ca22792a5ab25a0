"""A client's reminders as staff see them: their terms, which nobody here can change, and what came of each (REM-1)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, render
from clients.practice.who import head_of
from messaging.selectors.reminders import reminders_of


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_safe
def reminders(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The client's terms and the latest reminders."""
    record = head_of(request)
    shown = {"record": record, "there": reminders_of(client_id), "current_tab": "clients:more"}
    return render(request, "messaging/reminders.html", shown)
