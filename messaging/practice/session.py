"""Booking a session, and one session with what may be done about it (APPT-1)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from careplan.access.actor import Actor
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, Form
from careplan.ui.pages import invalid, refuse, render, say, see_other, staff_page
from clients.practice.who import who
from clients.selectors.staff import at_work, colleagues
from messaging.practice.calendar import ClockField
from messaging.selectors.calendar import SessionPage, listed_clients, rules_of, session_page, zone_of_practice
from messaging.services.sessions import (
    Repeat,
    When,
    Where,
    answer_asked,
    book_session,
    cancel_session,
    move_session,
    settle_session,
)
from messaging.sessions import Modality, Side

REPEATS = [("", "Once"), ("1", "Every week"), ("2", "Every two weeks")]


class WhenForm(Form):
    """When, how long, how and where."""

    on = DayField(label="Day")
    at = ClockField(label="Start")
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480)
    clinician = forms.ChoiceField(label="With")
    modality = forms.ChoiceField(label="How", choices=Modality.choices)
    place = forms.CharField(label="Room (if any)", required=False, max_length=80)
    link = forms.CharField(label="Link for video (if any)", required=False, max_length=500)

    def when(self) -> When:
        """The time as a service understands it."""
        said = self.cleaned_data
        return When(said["on"], said["at"], said["minutes"])

    def where(self) -> Where:
        """The place as a service understands it."""
        said = self.cleaned_data
        return Where(Modality(said["modality"]), said["place"], said["link"])


class BookForm(WhenForm):
    """For whom, and how often."""

    client = forms.ChoiceField(label="Client")
    repeat = forms.ChoiceField(label="How often", choices=REPEATS, required=False)
    times = forms.IntegerField(label="How many times", min_value=1, max_value=26, required=False)

    def how_often(self) -> Repeat:
        """Once, or a series."""
        said = self.cleaned_data
        return Repeat(int(said["repeat"]), said["times"] or 1) if said["repeat"] else Repeat()


def _choices(form: Form, by: Actor) -> None:
    people = [(str(each.person_id), each.name) for each in colleagues(at_work(by)[1])]
    form.fields["clinician"] = forms.ChoiceField(label="With", choices=people)
    if "client" in form.fields:
        listed = [(str(client_id), name) for client_id, name in listed_clients(by)]
        form.fields["client"] = forms.ChoiceField(label="Client", choices=[("", "Choose"), *listed])


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """Puts a session, or a simple series of them, into the calendar."""
    by = who(request)
    me, practice_id = at_work(by)
    initial = {
        "on": request.GET.get("on") or timezone.localdate(),
        "minutes": rules_of(practice_id).minutes,
        "clinician": str(me),
        "client": request.GET.get("client", ""),
    }
    form = BookForm(request.POST or None, initial=initial)
    _choices(form, by)
    if request.method == "POST" and form.is_valid():
        try:
            made = book_session(
                client_id=UUID(form.cleaned_data["client"]),
                clinician_id=UUID(form.cleaned_data["clinician"]),
                when=form.when(),
                where=form.where(),
                repeat=form.how_often(),
                zone=zone_of_practice(practice_id),
                by=by,
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Booked." if len(made) == 1 else f"Booked, {len(made)} of them.")
            return see_other("messaging:session", session_id=made[0])
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/book.html", {"form": form})


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One session: moved, cancelled, answered, kept or not; whatever may be done now."""
    by = who(request)
    there = session_page(session_id, by)
    moving = request.method == "POST" and request.POST.get("verb") == "move"
    form = WhenForm(request.POST if moving else None, initial=_as_it_is(there))
    _choices(form, by)
    if request.method == "POST" and (not moving or form.is_valid()):
        try:
            _do(request.POST.get("verb", ""), there, form, by)
        except Refused as error:
            there = session_page(session_id, by)
            if not moving:
                return invalid(
                    request, "messaging/session.html", {"there": there, "form": form, "said": error.sentence}
                )
            refuse(form, error)
        else:
            say(request, "Done.")
            return see_other("messaging:session", session_id=session_id)
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/session.html", {"there": there, "form": form})


def _as_it_is(there: SessionPage) -> dict[str, Any]:
    local = there.session.starts_at.astimezone(there.zone)
    row = there.session
    return {
        "on": local.date(),
        "at": local.time(),
        "minutes": there.minutes,
        "clinician": str(row.clinician_id),
        "modality": row.modality,
        "place": row.place,
        "link": row.link,
    }


def _do(verb: str, there: SessionPage, form: WhenForm, by: Actor) -> None:
    session_id = there.session.id
    match verb:
        case "accept" | "turn_down":
            answer_asked(session_id=session_id, accept=verb == "accept", by=by)
        case "cancel_client" | "cancel_practice":
            whose = Side.CLIENT if verb == "cancel_client" else Side.PRACTICE
            cancel_session(session_id=session_id, whose=whose, by=by)
        case "keep" | "miss":
            settle_session(session_id=session_id, kept=verb == "keep", by=by)
        case "move":
            starts, _ends = form.when().moments(there.zone)
            clinician = UUID(form.cleaned_data["clinician"])
            minutes, where = form.cleaned_data["minutes"], form.where()
            move_session(
                session_id=session_id, starts=starts, minutes=minutes, clinician_id=clinician, where=where, by=by
            )
        case _:
            raise NotYours
