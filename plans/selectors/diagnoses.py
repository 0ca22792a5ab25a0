"""Which goals go with which diagnosis of the record (PLAN-2)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from plans.content import content_of, title_of
from plans.models import GoalDiagnosis, ItemRevision


def goals_by_diagnosis(client_id: UUID) -> dict[UUID, list[str]]:
    """The titles of the goals linked now, by diagnosis. Two queries; needs notes and plan opened."""
    links = GoalDiagnosis.objects.filter(client_id=client_id, ended_at=None).order_by("linked_at", "id")
    pairs = list(links.values_list("diagnosis_id", "item_id"))
    titles = _titles({item_id for _, item_id in pairs})
    found: dict[UUID, list[str]] = {}
    for diagnosis_id, item_id in pairs:
        found.setdefault(diagnosis_id, []).append(titles.get(item_id, "A goal"))
    return found


def diagnoses_of_goal(item_id: UUID) -> frozenset[UUID]:
    """The diagnoses a goal is linked to now. One query; needs notes opened."""
    links = GoalDiagnosis.objects.filter(item_id=item_id, ended_at=None)
    return frozenset(links.values_list("diagnosis_id", flat=True))


def _titles(items: Iterable[UUID]) -> dict[UUID, str]:
    rows = ItemRevision.objects.filter(item_id__in=list(items)).select_related("item")
    latest = rows.order_by("item_id", "-number").distinct("item_id")
    return {row.item_id: title_of(content_of(row.item.kind, row.content or {})) for row in latest}
