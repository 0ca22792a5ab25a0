"""My appointments: what comes, asking, moving and cancelling, what I want to talk about (screen 13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.forms import Form, OwnWords, Segments
from careplan.ui.pages import client_of, client_page, invalid, refuse, render, say, see_other
from careplan.ui.templatetags.ui import clock
from clients.models import Hidden, Part
from clients.selectors.quiet import tucked_away
from messaging.portal.around import me
from messaging.selectors.appointments import COMING, Appointments, OneAppointment, appointments_of, one_appointment
from messaging.selectors.notes import signed_notes
from messaging.services.sessions import ask_for_session, cancel_session, move_session, write_agenda
from messaging.services.thread import send_message

NONE = "none"
appointment_page = client_page(DataClass.NOTE, DataClass.MESSAGE, DataClass.PLAN)


def _times(free: tuple[datetime, ...]) -> list[tuple[str, str]]:
    return [(at.isoformat(), _spoken(at)) for at in free]


def _spoken(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{date_format(local, 'D j M')}, {clock(local)}"


class AskForm(Form):
    """One of the free times, or words about what would suit better."""

    slot = forms.ChoiceField(label=gettext_lazy("Free times"), widget=Segments, required=False)
    words = forms.CharField(
        label=gettext_lazy("What would suit me better (if you like)"), required=False, max_length=500, widget=OwnWords
    )

    def __init__(self, data: Any, *, there: Appointments) -> None:
        super().__init__(data)
        choices = [*_times(there.free), (NONE, _("None of these"))]
        self.fields["slot"] = forms.ChoiceField(label=_("Free times"), choices=choices, widget=Segments, required=False)


@appointment_page
@require_http_methods(["GET", "HEAD", "POST"])
def appointments(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What comes and what has been; asks for a time."""
    there = appointments_of(client_id, client_of(request).practice_id)
    form = AskForm(request.POST or None, there=there)
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, client_id, there, form)
        except Refused as error:
            refuse(form, error)
        else:
            return see_other("my_messages:appointments")
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/my/appointments.html", {"there": there, "form": form})


def _ask(request: HttpRequest, client_id: UUID, there: Appointments, form: AskForm) -> None:
    slot, words, by = form.cleaned_data["slot"], form.cleaned_data["words"].strip(), me(request)
    if slot and slot != NONE and there.with_id:
        ask_for_session(
            client_id=client_id,
            clinician_id=there.with_id,
            starts=datetime.fromisoformat(slot),
            minutes=there.rules.minutes,
            by=by,
        )
        say(request, _("Asked. Nothing is booked until you both say yes."))
    elif words:
        said = _("About a time to meet: %(words)s") % {"words": words}
        send_message(client_id=client_id, text=said, key=uuid4(), by=by)
        say(request, _("Sent as a message."))
    else:
        raise Refused(_("Choose a time, or say what would suit you better."))


class MoveForm(Form):
    """Another of the free times."""

    slot = forms.ChoiceField(label=gettext_lazy("Move it to"), widget=Segments)

    def __init__(self, data: Any, *, there: OneAppointment) -> None:
        super().__init__(data)
        self.fields["slot"].choices = _times(there.free)  # type: ignore[attr-defined]


class AgendaForm(Form):
    """What I would like to talk about."""

    agenda = forms.CharField(
        label=gettext_lazy("What I would like to talk about (if you like)"),
        required=False,
        max_length=4_000,
        strip=False,
        widget=OwnWords({"rows": 4}),
    )


def _one(request: HttpRequest, client_id: UUID, session_id: UUID) -> OneAppointment:
    return one_appointment(client_id, client_of(request).practice_id, session_id, me(request))


@appointment_page
@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """One appointment; keeps what the client would like to talk about."""
    there = _one(request, client_id, session_id)
    form = AgendaForm(request.POST or None, initial={"agenda": there.agenda})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["agenda"]
        write_agenda(session_id=session_id, client_id=client_id, words=words, by=me(request))
        say(request, _("Saved. The people who care for you can read it."))
        return see_other("my_messages:appointment", session_id=session_id)
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/my/appointment.html", _shown(there, form, MoveForm(None, there=there)))


@appointment_page
@require_POST
def move_appointment(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Moves it to a free time."""
    there = _one(request, client_id, session_id)
    form = MoveForm(request.POST, there=there)
    if form.is_valid():
        try:
            starts = datetime.fromisoformat(form.cleaned_data["slot"])
            move_session(session_id=session_id, starts=starts, minutes=there.appointment.minutes, by=me(request))
        except Refused as error:
            refuse(form, error)
        else:
            say(request, _("Moved."))
            return see_other("my_messages:appointments")
    agenda = AgendaForm(None, initial={"agenda": there.agenda})
    return invalid(request, "messaging/my/appointment.html", _shown(there, agenda, form))


def _shown(there: OneAppointment, form: AgendaForm, move: MoveForm) -> dict[str, Any]:
    """The page’s parts; `notes` are the client’s to read once they are signed (APPT-4)."""
    session, shown = there.appointment, tucked_away(there.client_id)
    readable = session.state not in COMING and shown.shows_part(Part.INFORMATION)
    hidden = {UUID(key) for kind, key in shown.things if kind == Hidden.ITEM}
    notes = signed_notes(there.client_id, session.session_id, hidden) if readable else []
    return {"there": there, "form": form, "move": move, "notes": notes}


@appointment_page
@require_POST
def cancel_appointment(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Cancels it; always possible until it is over."""
    _one(request, client_id, session_id)
    cancel_session(session_id=session_id, by=me(request))
    say(request, _("Cancelled. Nobody asks why."))
    return see_other("my_messages:appointments")
