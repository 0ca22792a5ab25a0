"""How every line of a plan stands, as screens show it: one state, its words, whose answer is waited for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from plans.content import Content, Line, content_of, lines_of, title_of, words_of
from plans.kinds import CLIENT_SIDE, ItemKind, PartyKind, Progress, StatementType
from plans.models import ItemRevision, LastWord, Standing


class State(StrEnum):
    """Where a line stands; a line agreed with a new wording open beside it is still agreed."""

    AGREED = "agreed"
    WAITING = "waiting"
    OPEN = "open"
    OFF = "off"


STATE_LABELS = {
    State.AGREED: "Agreed",
    State.WAITING: "Waiting for its goal",
    State.OPEN: "Open",
    State.OFF: "Off the table",
}


@dataclass(frozen=True)
class ItemLine:
    """One line of a plan: its words are those in force, else the open ones, else the last that were written."""

    item_id: UUID
    kind: ItemKind
    statement_type: str
    heading: str
    title: str
    words: str
    lines: tuple[Line, ...]
    content: Content
    revision_id: UUID
    revision_number: int
    highest_id: UUID
    highest_number: int
    in_force_id: UUID | None
    open_id: UUID | None
    open_from_client: bool
    waits_for_client: bool
    waits_for_therapist: bool
    waits_for_doer: bool
    parent_id: UUID | None
    position: int
    progress: Progress
    state: State
    off_choice: str | None
    off_until: date | None
    off_until_raised: bool
    off_answer_id: UUID | None

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]

    @property
    def progress_label(self) -> str:
        return self.progress.label

    @property
    def changed_since_agreed(self) -> bool:
        """Says whether a new wording is open beside the one in force."""
        return self.in_force_id is not None and self.open_id is not None


@dataclass(frozen=True)
class Branch:
    """A line with the lines under it, in order."""

    line: ItemLine
    children: tuple[Branch, ...]


def item_lines(*, client_id: UUID, plan_id: UUID) -> list[ItemLine]:
    """Returns every line of a plan in order. Three queries, however many lines."""
    rows = list(Standing.objects.filter(client_id=client_id, plan_id=plan_id).order_by("position", "item_id"))
    revisions = _revisions(rows)
    waits = _waits([row.open_id for row in rows if row.open_id])
    return [_line(row, revisions, waits.get(row.open_id or row.item_id, frozenset())) for row in rows]


def tree(lines: Sequence[ItemLine]) -> tuple[Branch, ...]:
    """Returns the lines as a tree; a line whose parent isn't among them stands at the top."""
    there = {line.item_id for line in lines}
    under: dict[UUID | None, list[ItemLine]] = {}
    for line in lines:
        under.setdefault(line.parent_id if line.parent_id in there else None, []).append(line)
    return tuple(_branch(line, under, frozenset()) for line in under.get(None, []))


def heading_of(kind: str, statement_type: str) -> str:
    """Returns what kind of line this is, in the words of the sheet."""
    return str(StatementType(statement_type).label if statement_type else ItemKind(kind).label)


def state_of(row: Standing) -> State:
    """Returns the one state of a line that counts."""
    if row.effective:
        return State.AGREED
    if row.waiting:
        return State.WAITING
    return State.OFF if row.off_choice is not None else State.OPEN


def typed(revision: ItemRevision, kind: str, statement_type: str) -> Content:
    """Returns the typed content of a stored wording."""
    return content_of(kind, revision.content or {}, statement_type=statement_type)


def _revisions(rows: Iterable[Standing]) -> dict[UUID, ItemRevision]:
    wanted = {each for row in rows for each in (row.in_force_id, row.open_id, row.highest_id) if each}
    return ItemRevision.objects.defer("hashed").in_bulk(list(wanted))


def _waits(open_ids: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
    waited: dict[UUID, set[str]] = {}
    words = LastWord.objects.filter(revision_id__in=open_ids).exclude(choice="yes")
    for revision_id, kind in words.values_list("revision_id", "kind"):
        waited.setdefault(revision_id, set()).add(kind)
    return {revision_id: frozenset(kinds) for revision_id, kinds in waited.items()}


def _line(row: Standing, revisions: Mapping[UUID, ItemRevision], waits: frozenset[str]) -> ItemLine:
    shown = revisions[row.in_force_id or row.open_id or row.highest_id]
    content = typed(shown, row.kind, row.statement_type)
    opened = revisions[row.open_id] if row.open_id else None
    return ItemLine(
        item_id=row.item_id,
        kind=ItemKind(row.kind),
        statement_type=row.statement_type,
        heading=heading_of(row.kind, row.statement_type),
        title=title_of(content),
        words=words_of(content),
        lines=lines_of(content),
        content=content,
        revision_id=shown.id,
        revision_number=shown.number,
        highest_id=row.highest_id,
        highest_number=row.highest_number,
        in_force_id=row.in_force_id,
        open_id=row.open_id,
        open_from_client=opened is not None and (opened.author_role in CLIENT_SIDE or opened.dictated),
        waits_for_client=PartyKind.DECIDER in waits,
        waits_for_therapist=PartyKind.THERAPIST in waits,
        waits_for_doer=PartyKind.DOER in waits,
        parent_id=row.parent_id,
        position=row.position,
        progress=Progress(row.progress),
        state=state_of(row),
        off_choice=row.off_choice,
        off_until=row.off_until,
        off_until_raised=bool(row.off_until_raised),
        off_answer_id=row.off_answer_id,
    )


def _branch(line: ItemLine, under: Mapping[UUID | None, list[ItemLine]], above: frozenset[UUID]) -> Branch:
    seen = above | {line.item_id}
    children = [child for child in under.get(line.item_id, []) if child.item_id not in seen]
    return Branch(line=line, children=tuple(_branch(child, under, seen) for child in children))


def moment_words(at: datetime) -> str:
    """Returns a moment's day as people write it: 3 May 2026."""
    return f"{at.day} {at:%B} {at.year}"
