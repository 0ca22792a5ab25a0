"""The Sessions tab of a record, and the note of one session: at most eight actions beside typing (APPT-4, UI-12)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.forms import DayField, Form, Words
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.practice.who import head_of, who
from clients.selectors.caring import writes
from clients.selectors.head import RecordHead
from messaging.practice.calendar import ClockField
from messaging.selectors.notes import NotePage, note_page, sessions_of, work_lines
from messaging.selectors.timing import at_clock
from messaging.services.notes import Held, Written, add_to_note, give_held, hold_on, keep_note, sign_note
from messaging.services.sessions import link_lines

TAB = "messaging:sessions"
session_page = record_page(
    DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT, DataClass.PLAN, DataClass.MESSAGE, DataClass.NOTE
)


def _around(record: RecordHead) -> dict[str, Any]:
    return {"record": record, "current_tab": TAB, "may_write": writes(record.roles, DataClass.NOTE)}


@session_page
@require_safe
def sessions(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Every session of the record, the latest first, and which still want a note."""
    record = head_of(request)
    shown = {**_around(record), "sessions": sessions_of(client_id, who(request))}
    return render(request, "messaging/sessions.html", shown)


class NoteForm(Form):
    """The note, prefilled from the calendar."""

    start = ClockField(label="Start")
    stop = ClockField(label="Stop")
    place = forms.CharField(label="Place", required=False, max_length=120)
    who = forms.CharField(label="Who", required=False, max_length=200)
    worked_on = forms.MultipleChoiceField(label="Worked on", required=False, widget=forms.CheckboxSelectMultiple)
    happened = forms.CharField(label="What happened", required=False, strip=False, widget=Words({"rows": 4}))
    next = forms.CharField(label="Next", required=False, strip=False, widget=Words)
    ground = forms.ChoiceField(label="Ground", required=False)
    review_on = DayField(label="Look at it again", required=False)
    held = forms.CharField(label="The part", required=False, strip=False, widget=Words)

    def __init__(self, data: Any, *, there: NotePage, name: str) -> None:
        super().__init__(data, initial=_prefilled(there, name))
        lines = [(str(line.item_id), f"{line.title} ({line.hint})") for line in there.lines]
        self.fields["worked_on"].choices = lines  # type: ignore[attr-defined]
        grounds = [(ground.key, ground.label) for ground in there.grounds]
        self.fields["ground"].choices = [("", "Choose"), *grounds]  # type: ignore[attr-defined]

    def written(self, on: datetime) -> Written:
        """The note as a service understands it; times are on the session's day by the practice's clock."""
        said, zone = self.cleaned_data, timezone.get_current_timezone()
        day = timezone.localdate(on)
        return Written(
            starts_at=at_clock(day, said["start"], zone),
            stops_at=at_clock(day, said["stop"], zone),
            place=said["place"],
            who=said["who"],
            worked_on=[UUID(item) for item in said["worked_on"]],
            happened=said["happened"],
            next=said["next"],
            held=Held(said["held"], said["ground"], said["review_on"]),
        )


def _prefilled(there: NotePage, name: str) -> dict[str, Any]:
    session, draft, held = there.session, there.draft, there.held
    starts = timezone.localtime(draft.starts_at if draft else session.starts_at)
    stops = timezone.localtime(draft.stops_at if draft else session.ends_at)
    return {
        "start": starts.time(),
        "stop": stops.time(),
        "place": draft.place if draft else session.place or session.get_modality_display(),
        "who": draft.who if draft else name,
        "worked_on": [str(item) for item in draft.worked_on] if draft else [],
        "happened": draft.happened if draft else "",
        "next": draft.next if draft else "",
        "held": held.words if held else "",
        "ground": held.ground if held else "",
        "review_on": held.review_on if held else None,
    }


@session_page
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """One's note of a session, and what others have signed; keeps a draft, or signs and locks."""
    record, by = head_of(request), who(request)
    there = note_page(client_id, session_id, by)
    form = NoteForm(request.POST or None, there=there, name=record.name_used)
    if request.method == "POST" and form.is_valid():
        try:
            written = form.written(there.session.starts_at)
            verb = keep_note if "draft" in request.POST else sign_note
            verb(client_id=client_id, session_id=session_id, written=written, by=by)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Kept as a draft. Only you see it." if "draft" in request.POST else "Signed and locked.")
            return see_other("messaging:note", client_id=client_id, session_id=session_id)
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/note.html", {**_around(record), "there": there, "form": form})


@session_page
@require_POST
def note_draft(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Keeps the note as it is typed: 204. What can't be kept yet (half a part held back) is tried again: 422."""
    by = who(request)
    there = note_page(client_id, session_id, by)
    form = NoteForm(request.POST, there=there, name="")
    if not form.is_valid():
        return HttpResponse(status=422)
    keep_note(client_id=client_id, session_id=session_id, written=form.written(there.session.starts_at), by=by)
    return HttpResponse(status=204)


@session_page
@require_POST
def add_to(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Adds words under a signed note."""
    by = who(request)
    there = note_page(client_id, session_id, by)
    signed = next((each for each in there.signed if str(each.note_id) == request.POST.get("note")), None)
    record = head_of(request)
    if signed is None:
        return invalid(request, "messaging/note.html", _again(record, there, "That note is not there any more."))
    try:
        add_to_note(client_id=client_id, note_id=signed.note_id, words=request.POST.get("words", ""), by=by)
    except Refused as error:
        return invalid(request, "messaging/note.html", _again(record, there, error.sentence))
    say(request, "Added, with its date.")
    return see_other("messaging:note", client_id=client_id, session_id=session_id)


def _again(record: RecordHead, there: NotePage, said: str) -> dict[str, Any]:
    form = NoteForm(None, there=there, name=record.name_used)
    return {**_around(record), "there": there, "form": form, "said": said}


class ReviewForm(Form):
    """What is held back, looked at again: on what ground it is held on, and to which day."""

    note = forms.UUIDField(widget=forms.HiddenInput)
    ground = forms.ChoiceField(label="Ground", required=False)
    review_on = DayField(label="Look at it again", required=False)

    def __init__(self, data: Any, *, there: NotePage) -> None:
        super().__init__(data)
        grounds = [(ground.key, ground.label) for ground in there.grounds]
        self.fields["ground"].choices = [("", "Choose"), *grounds]  # type: ignore[attr-defined]


@session_page
@require_POST
def review_held(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Gives the client what was held back, or holds it on."""
    record, by = head_of(request), who(request)
    there = note_page(client_id, session_id, by)
    form = ReviewForm(request.POST, there=there)
    asked = form.cleaned_data["note"] if form.is_valid() else None
    if asked is None or asked not in {signed.note_id for signed in there.signed}:
        return invalid(request, "messaging/note.html", _again(record, there, "That note is not there any more."))
    try:
        if "give" in request.POST:
            give_held(client_id=client_id, note_id=asked, by=by)
        else:
            said = form.cleaned_data
            hold_on(client_id=client_id, note_id=asked, ground=said["ground"], review_on=said["review_on"], by=by)
    except Refused as error:
        return invalid(request, "messaging/note.html", _again(record, there, error.sentence))
    say(request, "They can read it now." if "give" in request.POST else "Held back until that day.")
    return see_other("messaging:note", client_id=client_id, session_id=session_id)


class LinesForm(Form):
    """What a session is for."""

    items = forms.MultipleChoiceField(label="For", required=False, widget=forms.CheckboxSelectMultiple)


@session_page
@require_http_methods(["GET", "HEAD", "POST"])
def lines(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Which lines of the plan a session is for."""
    record, by = head_of(request), who(request)
    there = note_page(client_id, session_id, by)
    found = work_lines(client_id, session_id)
    form = LinesForm(request.POST or None, initial={"items": [str(line.item_id) for line in found if line.linked]})
    choices = [(str(line.item_id), f"{line.title} ({line.hint})") for line in found]
    form.fields["items"].choices = choices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        items = [UUID(item) for item in form.cleaned_data["items"]]
        link_lines(session_id=session_id, client_id=client_id, items=items, by=by)
        say(request, "Saved.")
        return see_other("messaging:note", client_id=client_id, session_id=session_id)
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/session_lines.html", {**_around(record), "there": there, "form": form})
