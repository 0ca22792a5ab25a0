"""What every page of the desk begins with: whose record, the front of the plan, its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.pages import record_page, render
from clients.selectors.head import RecordHead, record_head
from plans.practice.person import Spoken
from plans.selectors.desk_front import PlanFront, plan_front
from plans.selectors.desk_rows import Choose, DeskRow, DeskRows, Story, desk_rows

TAB = "plans:plan"
READ_ONLY = "You can read this plan. Only those who care for this client can change it."
ENDED = "This plan has ended. It stays readable; a new one starts from the Plan tab."
NO_PLAN = "There is no plan yet. Start one first."

# The header of the record shows contact rules and consents, so every page of the plan opens them too.
plan_page = record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT, DataClass.PLAN)


@dataclass(frozen=True)
class Desk:
    """One client's plan as a member of staff has it in front of them."""

    record: RecordHead
    client: Spoken
    front: PlanFront
    by: Actor
    rows: DeskRows = field(default_factory=lambda: DeskRows(()))
    story: Story = field(default_factory=Story)
    row: DeskRow | None = None

    @property
    def client_id(self) -> UUID:
        """Whose record."""
        return self.client.client_id

    @property
    def titles(self) -> dict[UUID, str]:
        """What each line is called."""
        return {row.id: row.title for row in self.rows.rows}

    @property
    def plan_id(self) -> UUID:
        """The plan; Refused while there is none."""
        if self.front.plan_id is None:
            raise Refused(NO_PLAN)
        return self.front.plan_id

    @property
    def item(self) -> DeskRow:
        """The line this page is about; NotYours without one."""
        if self.row is None:
            raise NotYours
        return self.row


def desk_of(request: HttpRequest, client_id: UUID, *, item_id: Choose | UUID | None = None, rows: bool = True) -> Desk:
    """Returns the desk, with one item's story when one is named or chosen; NotYours when the plan has no such item."""
    by = actor_of(request)
    record = record_head(client_id, by)
    front = plan_front(client_id, by)
    read, story = desk_rows(front.plan_id, story_of=item_id, names=front.names) if rows else (DeskRows(()), Story())
    row = read.get(story.item_id)
    if isinstance(item_id, UUID) and row is None:
        raise NotYours
    client = Spoken(client_id, record.name_used, record.pronouns)
    return Desk(record, client, front, by, read, story, row)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def ensure_may_write(desk: Desk) -> None:
    """Raises Refused, with the sentence, when this reader can't change this plan; `may_write` hides the forms."""
    if not desk.front.writable:
        raise Refused(READ_ONLY)
    if desk.front.plan_id is not None and not desk.front.running:
        raise Refused(ENDED)


def show(
    request: HttpRequest, desk: Desk, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page in the shell of the record, under the Plan tab."""
    around = {"record": desk.record, "current_tab": TAB, "desk": desk, "client": desk.client, "front": desk.front}
    return render(request, template, {**around, **(context or {})}, status=status)
