"""A sheet in the room as it lies on the desk and as the client sees it: its lines, and what came of each (PLAN-16)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.errors import NotYours
from clients.selectors.deciding import Deciding, deciding
from plans.content import Content, Line, lines_of, title_of, words_of
from plans.kinds import CLIENT_SIDE, ItemKind, PartyKind, SheetKind, StatementType
from plans.models import Answer, Draft, Sheet, SheetLine
from plans.selectors.desk_front import PlanFront, plan_front
from plans.selectors.desk_rows import DeskRow, DeskRows, Wording, desk_rows

HEADINGS = {
    ItemKind.GOAL: _("A goal"),
    ItemKind.OBJECTIVE: _("How we would see it"),
    ItemKind.INTERVENTION: _("What we’ll do"),
}


@dataclass(frozen=True)
class LineSeen:
    """One line of a sheet: the wording that takes an answer now, and what was said to it here."""

    row: DeskRow
    sheet_id: UUID

    @property
    def item_id(self) -> UUID:
        """The item's id."""
        return self.row.id

    @property
    def kind(self) -> str:
        """What the line is: a kind of statement, or of item."""
        return self.row.standing.statement_type or self.row.standing.kind

    @property
    def heading(self) -> str:
        """What the line is called on a sheet."""
        return heading_of(self.kind)

    @property
    def asked(self) -> Wording:
        """The wording an answer goes to: what is open, else what is in force, else the last one."""
        return self.row.open or self.row.in_force or self.row.highest

    @property
    def before(self) -> Wording | None:
        """The wording in force while another is open."""
        return self.row.in_force if self.row.open else None

    @property
    def words(self) -> str:
        """The words that stand for the line."""
        return words_of(self.asked.content)

    @property
    def title(self) -> str:
        """A few of its words."""
        return title_of(self.asked.content)

    @property
    def clinical_wording(self) -> str:
        """A goal's clinical wording, beside the client's words."""
        return str(getattr(self.asked.content, "clinical_wording", "")) if self.in_client_words else ""

    @property
    def details(self) -> tuple[Line, ...]:
        """What it says besides the words and the clinical wording."""
        return tuple(line for line in lines_of(self.asked.content) if line.key != "clinical_wording")

    @property
    def asked_text(self) -> str:
        """Everything the wording says, to lay beside another."""
        return text_of(self.asked.content)

    @property
    def before_text(self) -> str:
        """Everything the wording in force says while another is open."""
        return text_of(self.before.content) if self.before else ""

    @property
    def in_client_words(self) -> bool:
        """Whether the words that stand for it are the client's own."""
        return bool(getattr(self.asked.content, "client_words", ""))

    @property
    def hints(self) -> str:
        """Which hints stand under the four answers."""
        if self.before:
            return "changed"
        return "in_force" if self.row.in_force else "new"

    @property
    def said_here(self) -> Answer | None:
        """The last answer the client gave on this sheet to a wording that still stands."""
        wordings = {wording.id: wording for wording in (self.asked, self.row.in_force, self.row.highest) if wording}
        said = [
            answer
            for wording in wordings.values()
            for answer in wording.answers
            if answer.sheet_id == self.sheet_id and answer.role_held in CLIENT_SIDE
        ]
        return max(said, key=lambda answer: answer.number, default=None)

    @property
    def settled(self) -> bool:
        """Whether this sheet has the answer of everybody who decides, and nothing newer waits for one."""
        said = self.said_here
        newest = said is not None and (self.row.open is None or said.revision_id == self.row.open.id)
        return newest and not self.silent_here

    @property
    def silent_here(self) -> set[UUID]:
        """Whose yes the wording needs that said nothing to it on this sheet; where one decides, nobody beside them."""
        asked = {party.person_id for party in self.asked.parties if party.kind == PartyKind.DECIDER and party.person_id}
        said = {answer.person_id for answer in self.asked.answers if answer.sheet_id == self.sheet_id}
        return asked - said if len(asked) > 1 else set()

    @property
    def typed_here(self) -> bool:
        """Whether it was written on this sheet and waits for its first yes, so that it can be put right here."""
        return self.row.open is not None and self.row.open.row.sheet_id == self.sheet_id and not self.row.in_force


@dataclass(frozen=True)
class SheetSeen:
    """One sheet with its lines in order, and what stands around it."""

    sheet: Sheet
    front: PlanFront
    lines: tuple[LineSeen, ...]
    rows: DeskRows
    voices: tuple[Deciding, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict)
    kept_at: datetime | None = None

    @property
    def called(self) -> dict[UUID, str]:
        """What everybody on the sheet is called: staff, and, where several are asked, each of those."""
        several = {voice.person_id: voice.name for voice in self.voices} if len(self.voices) > 1 else {}
        return self.rows.names | several

    @property
    def is_first(self) -> bool:
        """Whether it is for a first plan."""
        return self.sheet.kind == SheetKind.FIRST_PLAN

    @property
    def title(self) -> str:
        """What the sheet is called."""
        return "First plan, in the room" if self.is_first else "Together, in the room"

    @property
    def is_open(self) -> bool:
        """Whether it still takes words and answers."""
        return self.sheet.closed_at is None

    @property
    def may_write(self) -> bool:
        """Whether this reader may write on it now."""
        return self.is_open and self.front.may_write

    def line(self, item_id: UUID | None) -> LineSeen | None:
        """The line of an item, or None."""
        return next((line for line in self.lines if line.item_id == item_id), None)


def sheet_seen(client_id: UUID, sheet_id: UUID, by: Actor, *, draft: str) -> SheetSeen:
    """Returns a sheet of an opened record, with what its reader typed under `draft` and did not send.

    Raises NotYours for any other sheet. Eight queries, whatever the number of lines.
    """
    placed = SheetLine.objects.filter(sheet=OuterRef("pk"), client_id=client_id).order_by("position", "id")
    typed = Draft.objects.filter(client_id=client_id, person_id=by.person_id or UUID(int=0), key=draft)
    sheet = (
        Sheet.objects.filter(id=sheet_id, client_id=client_id)
        .annotate(
            item_ids=ArraySubquery(placed.values("item_id")),
            kept=Subquery(typed.values("content")[:1]),
            kept_at=Subquery(typed.values("at")[:1]),
        )
        .first()
    )
    if sheet is None:
        raise NotYours
    rows, _ = desk_rows(sheet.plan_id)
    lines = tuple(LineSeen(row, sheet.id) for item in sheet.item_ids if (row := rows.get(item)) is not None)
    front, voices = plan_front(client_id, by), tuple(deciding(client_id))
    return SheetSeen(sheet, front, lines, rows, voices, dict(sheet.kept or {}), sheet.kept_at)


def text_of(content: Content) -> str:
    """Everything a content says, a line to each part."""
    said = [words_of(content), *(f"{line.label}: {line.text}" for line in lines_of(content))]
    return "\n".join(filter(None, said))


def heading_of(kind: str) -> str:
    """What a line of this kind is called on a sheet."""
    if kind in StatementType.values:
        return str(StatementType(kind).label)
    return str(HEADINGS[ItemKind(kind)])
