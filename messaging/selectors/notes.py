"""Sessions and notes of a record, for its care team and for the client (APPT-4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careplan.access.actor import Actor
from careplan.accounts.models import Practice
from careplan.errors import NotYours
from messaging.grounds import Ground, grounds_of
from messaging.models import Agenda, Note, NoteAddendum, NoteHeld, Session, SessionLine
from messaging.sessions import SessionState
from plans.content import content_of, title_of
from plans.kinds import ItemKind, Role
from plans.models import ItemRevision, Standing
from plans.selectors.people import names_of


@dataclass(frozen=True)
class WorkLine:
    """A line of the plan that may have been worked on: agreed, or proposed."""

    item_id: UUID
    title: str
    kind: str
    agreed: bool
    linked: bool

    @property
    def hint(self) -> str:
        """“Goal, agreed”."""
        return f"{ItemKind(self.kind).label}, {'agreed' if self.agreed else 'proposed'}"


def work_lines(client_id: UUID, session_id: UUID) -> list[WorkLine]:
    """Goals, objectives and interventions that are in force or open, what the session is for first. Three queries."""
    rows = [
        row
        for row in Standing.objects.filter(client_id=client_id).order_by("position", "item_id")
        if row.kind != ItemKind.STATEMENT and (row.in_force_id or row.open_id)
    ]
    contents = dict(
        ItemRevision.objects.filter(id__in=[row.in_force_id or row.open_id for row in rows]).values_list(
            "id", "content"
        )
    )
    linked = set(
        SessionLine.objects.filter(client_id=client_id, session_id=session_id, linked=True).values_list(
            "item_id", flat=True
        )
    )
    lines = [_work_line(row, contents, row.item_id in linked) for row in rows]
    return sorted(lines, key=lambda line: not line.linked)


def _work_line(row: Standing, contents: Mapping[UUID, Any], linked: bool) -> WorkLine:
    shown = row.in_force_id or row.open_id
    content = contents.get(shown) if shown else None
    title = title_of(content_of(row.kind, content, statement_type=row.statement_type)) if content else ""
    return WorkLine(row.item_id, title, row.kind, row.in_force_id is not None, linked)


@dataclass(frozen=True)
class SignedNote:
    """A note as it was signed, with what was added and, for staff or once it was given, what is held back."""

    note_id: UUID
    session_id: UUID
    author: str
    role: str
    starts_at: datetime
    stops_at: datetime
    place: str
    who: str
    worked_on: tuple[str, ...]
    happened: str
    next: str
    holds_back: bool
    held_words: str
    held_ground: str
    held_review_on: date | None
    held_given_at: datetime | None
    signed_at: datetime
    addenda: tuple[tuple[str, datetime, str], ...]


def signed_notes(client_id: UUID, session_id: UUID, hidden: Collection[UUID] = ()) -> list[SignedNote]:
    """The signed notes of one session, without the `hidden` lines they worked on. Nine queries."""
    notes = list(Note.objects.filter(client_id=client_id, session_id=session_id, signed_at__isnull=False))
    if not notes:
        return []
    added = list(NoteAddendum.objects.filter(client_id=client_id, note__in=notes).order_by("at", "id"))
    held = {row.note_id: row for row in NoteHeld.objects.filter(client_id=client_id, note__in=notes).exclude(words="")}
    titles = _titles(client_id, [item for note in notes for item in note.worked_on if item not in hidden])
    names = names_of(client_id, [note.author_id for note in notes] + [row.by_id for row in added])
    country = Practice.objects.values_list("country", flat=True).get(id=notes[0].practice_id)
    grounds = {ground.key: ground.label for ground in grounds_of(country)}
    return [_signed(note, added, held.get(note.id), titles, names, grounds) for note in notes]


def _signed(
    note: Note,
    added: Sequence[NoteAddendum],
    held: NoteHeld | None,
    titles: dict[UUID, str],
    names: dict[UUID, str],
    grounds: dict[str, str],
) -> SignedNote:
    assert note.signed_at is not None  # noqa: S101 - the query asked for signed ones
    return SignedNote(
        note_id=note.id,
        session_id=note.session_id,
        author=names[note.author_id],
        role=str(Role(note.role).label),
        starts_at=note.starts_at,
        stops_at=note.stops_at,
        place=note.place,
        who=note.who,
        worked_on=tuple(titles[item] for item in note.worked_on if titles.get(item)),
        happened=note.happened,
        next=note.next,
        holds_back=note.holds_back,
        held_words=held.words if held else "",
        held_ground=grounds.get(held.ground, held.ground) if held else "",
        held_review_on=held.review_on if held else None,
        held_given_at=held.given_at if held else None,
        signed_at=note.signed_at,
        addenda=tuple((names[row.by_id], row.at, row.words) for row in added if row.note_id == note.id),
    )


def _titles(client_id: UUID, items: Sequence[UUID]) -> dict[UUID, str]:
    rows = list(Standing.objects.filter(client_id=client_id, item_id__in=set(items)))
    shown = {row.item_id: row.in_force_id or row.open_id or row.highest_id for row in rows}
    contents: dict[UUID, Any] = dict(ItemRevision.objects.filter(id__in=shown.values()).values_list("id", "content"))
    return {
        row.item_id: title_of(content_of(row.kind, contents[shown[row.item_id]], statement_type=row.statement_type))
        for row in rows
        if contents.get(shown[row.item_id])
    }


@dataclass(frozen=True)
class NotePage:
    """A session for whoever writes about it: what the calendar says, one's draft, what the client wants to say."""

    session: Session
    draft: Note | None
    held: NoteHeld | None
    mine_signed: bool
    signed: tuple[SignedNote, ...]
    lines: tuple[WorkLine, ...]
    agenda: str
    next_last_time: str
    last_time: datetime | None
    grounds: tuple[Ground, ...]


def note_page(client_id: UUID, session_id: UUID, by: Actor) -> NotePage:
    """Everything beside and in the note. Raises NotYours."""
    session = Session.objects.filter(client_id=client_id, id=session_id).first()
    if session is None:
        raise NotYours
    mine = Note.objects.filter(client_id=client_id, session_id=session_id, author=by.person_id).first()
    before = (
        Note.objects.filter(client_id=client_id, signed_at__isnull=False, starts_at__lt=session.starts_at)
        .exclude(next="")
        .order_by("-starts_at")
        .first()
    )
    agendas = Agenda.objects.filter(client_id=client_id, session_id=session_id).exclude(words="")
    country = Practice.objects.values_list("country", flat=True).get(id=session.practice_id)
    return NotePage(
        session=session,
        draft=mine if mine and mine.signed_at is None else None,
        held=NoteHeld.objects.filter(client_id=client_id, note=mine).first() if mine else None,
        mine_signed=bool(mine and mine.signed_at),
        signed=tuple(signed_notes(client_id, session_id)),
        lines=tuple(work_lines(client_id, session_id)),
        agenda="\n".join(agendas.values_list("words", flat=True)),
        next_last_time=before.next if before else "",
        last_time=before.starts_at if before else None,
        grounds=grounds_of(country),
    )


@dataclass(frozen=True)
class SessionLineOfRecord:
    """One session in the record's tab."""

    session: Session
    clinician: str
    signed: int
    mine_open: bool

    @property
    def needs_note(self) -> bool:
        """Whether it took place and nobody has signed a note."""
        return self.session.state == SessionState.KEPT and not self.signed


def sessions_of(client_id: UUID, by: Actor) -> list[SessionLineOfRecord]:
    """Every session of a record, the latest first, and how far its notes are. Five queries."""
    rows = list(Session.objects.filter(client_id=client_id).order_by("-starts_at", "-id"))
    notes = list(Note.objects.filter(client_id=client_id).values_list("session_id", "signed_at", "author_id"))
    names = names_of(client_id, [row.clinician_id for row in rows])
    return [
        SessionLineOfRecord(
            session=row,
            clinician=names[row.clinician_id],
            signed=sum(1 for session, at, _ in notes if session == row.id and at),
            mine_open=any(session == row.id and not at and who == by.person_id for session, at, who in notes),
        )
        for row in rows
    ]
