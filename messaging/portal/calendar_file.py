"""One appointment for the client's own calendar: a neutral title, and a reminder the day before (REM-1, REM-8)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careplan.access.classes import DataClass
from careplan.errors import NotYours
from careplan.ui.pages import client_page
from messaging.models import Session
from messaging.sessions import SessionState


@client_page(DataClass.MESSAGE)
@require_safe
def calendar_file(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """The file. Taken again after a move or a cancellation it changes the same entry."""
    there = Session.objects.filter(client_id=client_id, id=session_id).exclude(slot=None).first()
    if there is None:
        raise NotYours
    answer = HttpResponse(entry_of(there, timezone.now()), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


def entry_of(there: Session, made_at: datetime) -> str:
    """The entry in iCalendar's words: when, and nothing of where, with whom or why."""
    cancelled = there.state == SessionState.CANCELLED
    title = _("Appointment")
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", "TRIGGER:-P1D", "END:VALARM"]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//appointments//EN",
        f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{there.id}",
        f"SEQUENCE:{there.sequence + cancelled}",
        f"DTSTAMP:{_utc(made_at)}",
        f"DTSTART:{_utc(there.starts_at)}",
        f"DTEND:{_utc(there.ends_at)}",
        f"SUMMARY:{title}",
        f"URL:{settings.PUBLIC_URL.rstrip('/')}/my/appointments/",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        *([] if cancelled else alarm),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines) + "\r\n"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
