"""Whoever takes over says that they have read what was agreed before them (PLAN-5c)."""

from __future__ import annotations

from uuid import UUID

from careplan.access.actor import Actor
from careplan.ids import uuid7
from careplan.ledger import record
from plans.models import PlanRead
from plans.selectors.handover import is_to_read
from plans.services.head import changing, person_of, running_plan


def note_plan_read(*, plan_id: UUID, by: Actor) -> None:
    """Keeps that the successor has read the plan; whoever isn't asked, or said so already, changes nothing."""
    plan = running_plan(plan_id)
    with changing(plan.client_id) as at:
        if not is_to_read(plan.client_id):
            return
        PlanRead.objects.create(
            id=uuid7(),
            client_id=plan.client_id,
            practice_id=plan.practice_id,
            plan=plan,
            person_id=person_of(by),
            at=at,
        )
        record(kind="plan.read", client_id=plan.client_id, object_type="plan", object_id=plan.id)
