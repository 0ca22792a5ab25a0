"""Linking a goal to diagnoses of the record: beside the wording, so that what was agreed stays as it is (PLAN-2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from careplan.access.actor import Actor
from careplan.errors import NotYours
from careplan.ids import uuid7
from careplan.ledger import record
from clients.models import Diagnosis
from clients.services.diagnoses import may_write_diagnoses
from plans.kinds import ItemKind
from plans.models import GoalDiagnosis, Item
from plans.selectors.diagnoses import diagnoses_of_goal
from plans.services.head import changing, find, person_of


def link_diagnoses(*, item_id: UUID, diagnoses: Iterable[UUID], by: Actor) -> None:
    """Links the goal to exactly these diagnoses from now on. Raises NotYours for another record's, or no goal."""
    goal = find(Item, item_id)
    if goal.kind != ItemKind.GOAL or not may_write_diagnoses(goal.client_id):
        raise NotYours
    wanted = set(diagnoses)
    with changing(goal.client_id) as at:
        before = diagnoses_of_goal(item_id)
        for diagnosis_id in sorted(wanted - before):
            _link(goal, _standing(goal, diagnosis_id), at, by)
        for diagnosis_id in sorted(before - wanted):
            _unlink(goal, diagnosis_id, at, by)


def _standing(goal: Item, diagnosis_id: UUID) -> UUID:
    if not Diagnosis.objects.filter(client_id=goal.client_id, id=diagnosis_id, ended_at=None).exists():
        raise NotYours
    return diagnosis_id


def _link(goal: Item, diagnosis_id: UUID, at: datetime, by: Actor) -> None:
    GoalDiagnosis.objects.create(
        id=uuid7(),
        client_id=goal.client_id,
        practice_id=goal.practice_id,
        item=goal,
        diagnosis_id=diagnosis_id,
        linked_at=at,
        linked_by_id=person_of(by),
    )
    _tell("goal.diagnosis_linked", goal, diagnosis_id)


def _unlink(goal: Item, diagnosis_id: UUID, at: datetime, by: Actor) -> None:
    links = GoalDiagnosis.objects.filter(item=goal, diagnosis_id=diagnosis_id, ended_at=None)
    links.update(ended_at=at, ended_by_id=person_of(by))
    _tell("goal.diagnosis_unlinked", goal, diagnosis_id)


def _tell(kind: str, goal: Item, diagnosis_id: UUID) -> None:
    detail = {"diagnosis": str(diagnosis_id)}
    record(kind=kind, client_id=goal.client_id, object_type="item", object_id=goal.id, detail=detail)
