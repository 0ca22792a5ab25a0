"""Writing a session's note: kept as a draft, signed and locked, added to (APPT-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.accounts.models import Practice
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.services.change import Change, begin_change, clean_line
from messaging.grounds import grounds_of
from messaging.models import Note, NoteAddendum, NoteHeld, Session
from messaging.services.sessions import settle_session
from messaging.sessions import SessionState
from plans.models import Item
from plans.selectors.acting import role_of

LONGEST = 20_000


@dataclass(frozen=True)
class Held:
    """A part that the client does not read for now."""

    words: str = ""
    ground: str = ""
    review_on: date | None = None


@dataclass(frozen=True)
class Written:
    """What a note says: when and where, with whom, what was worked on, what happened, what is next."""

    starts_at: datetime
    stops_at: datetime
    place: str = ""
    who: str = ""
    worked_on: Sequence[UUID] = ()
    happened: str = ""
    next: str = ""
    held: Held = Held()


def keep_note(*, client_id: UUID, session_id: UUID, written: Written, by: Actor) -> Note:
    """The draft as it is now: its author's alone. Raises Refused or NotYours; a signed note is locked."""
    change = begin_change(client_id=client_id, data_class=DataClass.NOTE, by=by)
    return _keep(change, session_id, written)


def sign_note(*, client_id: UUID, session_id: UUID, written: Written, by: Actor) -> Note:
    """The note, locked from now on; the client can read it. A booked session whose time has come is kept with it."""
    change = begin_change(client_id=client_id, data_class=DataClass.NOTE, by=by)
    note = _keep(change, session_id, written)
    if not note.happened:
        raise Refused("Say in a few words what happened.")
    Note.objects.filter(pk=note.pk).update(
        signed_at=change.at, signed_by=change.by, changed_at=change.at, changed_by=change.by
    )
    record(kind="note.signed", client_id=client_id, object_type="note", object_id=note.id)
    _keep_the_session(session_id, change, by)
    return note


def add_to_note(*, client_id: UUID, note_id: UUID, words: str, by: Actor) -> NoteAddendum:
    """Later words under a signed note, in one's own name. Raises Refused or NotYours."""
    change = begin_change(client_id=client_id, data_class=DataClass.NOTE, by=by)
    said = _sayable(words)
    if not said:
        raise Refused("There is nothing written yet.")
    if not Note.objects.filter(client_id=client_id, id=note_id, signed_at__isnull=False).exists():
        raise NotYours
    added = NoteAddendum.objects.create(**change.keys, note_id=note_id, by_id=change.by, words=said, at=change.at)
    record(kind="note.added_to", client_id=client_id, object_type="note", object_id=note_id)
    return added


def hold_on(*, client_id: UUID, note_id: UUID, ground: str, review_on: date | None, by: Actor) -> None:
    """Looked at again: held back on, on a ground of today, to another day. Raises Refused, NotYours or Conflict."""
    change, held = _looked_at(client_id, note_id, by)
    _ensure_ground(change, Held(held.words, ground, review_on))
    stamp = {"by_id": change.by, "at": change.at}
    NoteHeld.objects.filter(pk=held.pk).update(ground=ground, review_on=review_on, **stamp)
    record(kind="note.held_on", client_id=client_id, object_type="note", object_id=note_id)


def give_held(*, client_id: UUID, note_id: UUID, by: Actor) -> None:
    """The client reads what was held back, from now on and for good. Raises NotYours, Conflict when they do already."""
    change, held = _looked_at(client_id, note_id, by)
    NoteHeld.objects.filter(pk=held.pk).update(given_at=change.at, by_id=change.by, at=change.at)
    record(kind="note.given_back", client_id=client_id, object_type="note", object_id=note_id)


def _looked_at(client_id: UUID, note_id: UUID, by: Actor) -> tuple[Change, NoteHeld]:
    change = begin_change(client_id=client_id, data_class=DataClass.NOTE, by=by)
    held = NoteHeld.objects.filter(client_id=client_id, note_id=note_id, note__signed_at__isnull=False).first()
    if held is None or not held.words:
        raise NotYours
    if held.given_at is not None:
        raise Conflict("The client can read this already.")
    return change, held


def _keep(change: Change, session_id: UUID, written: Written) -> Note:
    _ensure_may_be_written(change, session_id, written)
    there = Note.objects.filter(client_id=change.client_id, session_id=session_id, author_id=change.by).first()
    if there is not None and there.signed_at is not None:
        raise Refused("This note is signed and locked. You can add words under it.")
    held = written.held.words.strip() != ""
    said = {
        "starts_at": written.starts_at,
        "stops_at": written.stops_at,
        "place": clean_line(written.place),
        "who": clean_line(written.who),
        "worked_on": list(dict.fromkeys(written.worked_on)),
        "happened": _sayable(written.happened),
        "next": _sayable(written.next),
        "holds_back": held,
        "changed_at": change.at,
        "changed_by_id": change.by,
    }
    if there is None:
        role = role_of(change.client_id, change.by)
        there = Note.objects.create(**change.keys, session_id=session_id, author_id=change.by, role=role, **said)
    else:
        Note.objects.filter(pk=there.pk).update(**said)
        there.refresh_from_db()
    _hold_back(change, there, written.held)
    return there


def _ensure_may_be_written(change: Change, session_id: UUID, written: Written) -> None:
    session = Session.objects.filter(client_id=change.client_id, id=session_id).first()
    lines = Item.objects.filter(client_id=change.client_id, id__in=written.worked_on).count()
    if session is None or lines != len(set(written.worked_on)):
        raise NotYours
    if written.starts_at >= written.stops_at:
        raise Refused("The session stops after it starts.")
    if session.state in (SessionState.ASKED, SessionState.TURNED_DOWN):
        raise Refused("That time was asked for and not booked: there is nothing to write about yet.")


def _hold_back(change: Change, note: Note, held: Held) -> None:
    words = _sayable(held.words)
    there = NoteHeld.objects.filter(client_id=change.client_id, note_id=note.id).first()
    if not words and there is None:
        return
    if words:
        _ensure_ground(change, held)
    said = {"words": words, "by_id": change.by, "at": change.at}
    if words:
        said |= {"ground": held.ground, "review_on": held.review_on}
    if there is None:
        NoteHeld.objects.create(id=uuid7(), **change.keys, note_id=note.id, **said)
    else:
        NoteHeld.objects.filter(pk=there.pk).update(**said)


def _ensure_ground(change: Change, held: Held) -> None:
    country = Practice.objects.values_list("country", flat=True).get(id=change.practice_id)
    if held.ground not in {ground.key for ground in grounds_of(country)}:
        raise Refused("A part is held back only on one of the grounds listed.")
    if held.review_on is None or held.review_on <= change.at.date():
        raise Refused("Say on which day to come you look at it again.")


def _keep_the_session(session_id: UUID, change: Change, by: Actor) -> None:
    session = Session.objects.get(client_id=change.client_id, id=session_id)
    if session.state == SessionState.BOOKED and session.starts_at <= change.at:
        try:
            settle_session(session_id=session_id, kept=True, by=by)
        except NotYours:  # a supervisor of record writes notes and does not work the calendar
            return


def _sayable(words: str) -> str:
    said = clean_text(words).strip()
    if len(said) > LONGEST:
        raise Refused("This is too long for one note.")
    return said
