"""My reminders: what, how, when and how many; nobody else can change it (portal screen 12). And STOP, signed out."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.outgoing.gate import Carried
from careplan.outgoing.models import Outgoing
from careplan.outgoing.sending import letter_of
from careplan.ui.errors import not_found
from careplan.ui.forms import DayField, Form, Segments
from careplan.ui.pages import client_page, invalid, open_page, refuse, render, say, see_other
from messaging.portal.around import me
from messaging.reminding import HINTS, By, ReminderKind
from messaging.selectors.appointments import next_session_panel
from messaging.selectors.reminders import TermsNow, terms_of
from messaging.services.reminders import Going, Terms, say_terms, stop_reminders
from messaging.stopping import person_of
from messaging.words import SESSION

HOURS = [
    ("", _("Never quiet")),
    *((f"{hour:02d}:00", f"{(hour - 1) % 12 + 1} {'am' if hour < 12 else 'pm'}") for hour in range(24)),
]


class TermsForm(Form):
    """The client's terms."""

    kinds = forms.MultipleChoiceField(
        label=_("Remind me of"),
        required=False,
        choices=[(kind.value, kind.label) for kind in ReminderKind],
        widget=forms.CheckboxSelectMultiple,
    )
    channel = forms.ChoiceField(label=_("How"), widget=Segments)
    quiet_from = forms.ChoiceField(label=_("Quiet from"), choices=HOURS, required=False)
    quiet_until = forms.ChoiceField(label=_("until"), choices=HOURS, required=False)
    most_a_week = forms.TypedChoiceField(
        label=_("At most each week"), coerce=int, choices=[(number, str(number)) for number in range(1, 8)]
    )
    paused_through = DayField(label=_("Pause all of it until (if you like)"), required=False)

    def __init__(self, data: Any, *, now: TermsNow) -> None:
        super().__init__(data, initial=_as_they_are(now))
        self.fields["channel"].choices = now.ways  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """The terms as a service understands them."""
        said = self.cleaned_data
        begins, ends = (
            time.fromisoformat(said[edge]) if said[edge] else None for edge in ("quiet_from", "quiet_until")
        )
        return Terms(said["kinds"], said["channel"], begins, ends, said["most_a_week"], said["paused_through"])


def _as_they_are(now: TermsNow) -> dict[str, Any]:
    paused = timezone.localdate(now.paused_until - timedelta(seconds=1)) if now.paused_until else None
    return {
        "kinds": list(now.kinds),
        "channel": By.NONE if now.stopped else now.channel,
        "quiet_from": f"{now.quiet_from:%H}:00" if now.quiet_from else "",
        "quiet_until": f"{now.quiet_until:%H}:00" if now.quiet_until else "",
        "most_a_week": min(now.most_a_week, 7),
        "paused_through": paused,
    }


@client_page(DataClass.CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Shows the terms beside the whole message as a locked phone would; keeps them."""
    by = me(request)
    now = terms_of(client_id, by.person_id)
    form = TermsForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            say_terms(client_id=client_id, terms=form.terms(), by=by)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, gettext("Saved. It holds from now on."))
            return see_other("my_messages:reminders")
    page = invalid if request.method == "POST" else render
    preview = _preview(request, client_id)
    shown = {"form": form, "now": now, "hints": HINTS, "preview": preview}
    return page(request, "messaging/my/reminders.html", shown)


def _preview(request: HttpRequest, client_id: UUID) -> str:
    """The very words of the next reminder, or of one that might come."""
    coming = next_session_panel(me(request), client_id)
    starts = coming.appointment.starts_at if coming else _some_day()
    zone = timezone.get_current_timezone_name()
    going = Going(uuid4(), uuid4(), uuid4(), ReminderKind.SESSION, 1, By.TEXT, "", starts, zone)
    return letter_of(Outgoing(kind=SESSION.kind, channel=By.TEXT), Carried("", "/my/", going.when, "/stop/…")).body


def _some_day() -> datetime:
    return datetime.combine(timezone.localdate() + timedelta(days=2), time(15), timezone.get_current_timezone())


@csrf_exempt
@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One step to no more reminders, from the link alone (RFC 8058). Looking changes nothing: mail scanners look."""
    if person_of(token) is None:
        return not_found(request)
    stopped = request.method == "POST" and stop_reminders(token=token)
    return render(request, "messaging/stop.html", {"stopped": stopped})
