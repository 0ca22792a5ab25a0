"""The plan on a record's overview: the agreed goals, and what is open (PLAN-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careplan.access.actor import Actor
from plans.content import GoalContent
from plans.kinds import ExpressedBy, ItemKind, Progress
from plans.models import PlanHead
from plans.selectors.desk_front import PlanFront, plan_front
from plans.selectors.desk_rows import DeskRow, plan_lines
from plans.selectors.heads import Agreed, agreed_of


@dataclass(frozen=True)
class GoalCard:
    """An agreed goal, as a card."""

    id: UUID
    client_words: str
    clinical_wording: str
    whose: str
    by: date | None
    progress: str
    steps: tuple[str, ...]
    changed: bool


@dataclass(frozen=True)
class PlanGlance:
    """The goals that are agreed, and whether there is a plan at all."""

    front: PlanFront
    goals: tuple[GoalCard, ...]


@dataclass(frozen=True)
class WaitingGlance:
    """What is open, for whom, and when to look again; without a plan, nothing."""

    client_id: UUID
    counts: Agreed | None
    with_therapist: int
    with_client: int
    look_again_on: date | None


def goals_panel(by: Actor, client_id: UUID) -> PlanGlance:
    """Returns the agreed goals. Three queries."""
    front = plan_front(client_id, by)
    lines = plan_lines(front.plan_id)
    goals = [row for row in lines.rows if row.standing.kind == ItemKind.GOAL and row.standing.effective]
    return PlanGlance(front, tuple(_card(row, lines.children(row.id)) for row in goals))


def waiting_panel(by: Actor, client_id: UUID) -> WaitingGlance:
    """Returns what is open. One query."""
    head = PlanHead.objects.filter(client_id=client_id).first()
    if head is None:
        return WaitingGlance(client_id, None, 0, 0, None)
    return WaitingGlance(client_id, agreed_of(head), head.with_therapist, head.with_client, head.look_again_on)


def _card(row: DeskRow, children: list[DeskRow]) -> GoalCard:
    content = row.shown.content
    assert isinstance(content, GoalContent)  # noqa: S101 - the row's kind says so
    return GoalCard(
        id=row.id,
        client_words=content.client_words,
        clinical_wording=content.clinical_wording,
        whose=str(ExpressedBy(content.expressed_by).label) if content.expressed_by else "",
        by=content.target_date,
        progress=str(Progress(row.standing.progress).label),
        steps=tuple(child.title for child in children if child.standing.effective),
        changed=row.open is not None,
    )
