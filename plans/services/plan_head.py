"""The plan in counts, codes and dates, for lists that open nothing (ACC-2a). Derived; rewritten with each change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q

from plans.kinds import CLIENT_SIDE, PartyKind, StatementType
from plans.models import ItemRevision, LastWord, Plan, PlanHead, Standing
from plans.selectors.comments import last_word_by_side


def write_plan_head(*, plan: Plan, standing: Sequence[Standing], versions: int, at: datetime) -> PlanHead:
    """Returns the head as it now is, left alone when nothing moved: a repeat writes nothing, and needs no event."""
    told = _told(plan, standing, versions)
    there = PlanHead.objects.filter(client_id=plan.client_id).first()
    if there is not None and all(getattr(there, name) == value for name, value in told.items()):
        return there
    head = PlanHead(client_id=plan.client_id, **told, updated_at=at)
    head.save(force_insert=there is None, force_update=there is not None)
    return head


def _told(plan: Plan, standing: Sequence[Standing], versions: int) -> dict[str, Any]:
    """Every item counts once: agreed, waiting, open, or declined."""
    waited_for = _waited_for([row.open_id for row in standing if row.open_id])
    from_client, from_staff = last_word_by_side(plan.id)
    return {
        "practice_id": plan.practice_id,
        "plan_id": plan.id,
        "status": plan.status,
        "agreed": sum(row.effective for row in standing),
        "waiting": sum(row.waiting for row in standing),
        "open_count": sum(is_open(row) for row in standing),
        "declined": sum(row.off_choice is not None for row in standing),
        "with_client": len(waited_for[PartyKind.DECIDER]),
        "with_therapist": len(waited_for[PartyKind.THERAPIST]),
        "comments_from_client": from_client,
        "comments_from_staff": from_staff,
        "duty_since": _duty_since(waited_for[PartyKind.THERAPIST]),
        "versions": versions,
        "look_again_on": _look_again_on(standing),
    }


def is_open(row: Standing) -> bool:
    """Says whether an item is neither agreed nor off the table: it waits for somebody's answer or wording."""
    return row.in_force_id is None and row.off_choice is None


def _waited_for(open_ids: Sequence[UUID]) -> dict[str, set[UUID]]:
    words = LastWord.objects.filter(revision_id__in=open_ids).exclude(choice="yes").values_list("kind", "revision_id")
    waited: dict[str, set[UUID]] = {PartyKind.DECIDER: set(), PartyKind.THERAPIST: set()}
    for kind, revision_id in words:
        waited.setdefault(kind, set()).add(revision_id)
    return waited


def _duty_since(open_ids: set[UUID]) -> datetime | None:
    """When the oldest wording of the client's that waits for the therapist was proposed (PLAN-7)."""
    theirs = ItemRevision.objects.filter(Q(author_role__in=CLIENT_SIDE) | Q(dictated=True), id__in=open_ids)
    since: datetime | None = theirs.aggregate(since=Min("at"))["since"]
    return since


def _look_again_on(standing: Sequence[Standing]) -> date | None:
    dated = [row for row in standing if row.effective and row.statement_type == StatementType.LOOK_AGAIN]
    ids = [row.in_force_id for row in dated if row.in_force_id]
    days = [
        content["on"]
        for content in ItemRevision.objects.filter(id__in=ids).values_list("content", flat=True)
        if content
    ]
    return date.fromisoformat(min(days)) if days else None
