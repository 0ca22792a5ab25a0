"""Plans and their items: stable identities. Nothing about agreement is stored here (PLAN-5e)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.kinds import ItemKind, PlanStatus, Progress, StatementType
from plans.models.record import RecordRow, a_person, known, who_and_when, within

UNENDED = (PlanStatus.DRAFT, PlanStatus.ACTIVE, PlanStatus.ON_HOLD)
ENDED = (PlanStatus.COMPLETED, PlanStatus.ENDED_EARLY, PlanStatus.SUPERSEDED, PlanStatus.ENTERED_IN_ERROR)


class Plan(RecordRow):
    """What client and therapist have agreed to do together; at most one that has not ended per record."""

    status = models.TextField(choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    started_at = models.DateTimeField()
    started_by = a_person()
    activated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = a_person(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "status": FieldClass.SAFE,
        "started_at": FieldClass.SAFE,
        "started_by": FieldClass.SAFE,
        "activated_at": FieldClass.SAFE,
        "ended_at": FieldClass.SAFE,
        "ended_by": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            known("status", PlanStatus, "plans_plan_status_is_known"),
            who_and_when("ended_by", "ended_at", "plans_plan_end_has_its_who_and_when"),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False) | Q(status__in=UNENDED, ended_at__isnull=True),
                name="plans_plan_ended_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(PlanStatus.ACTIVE, PlanStatus.ON_HOLD)) | Q(activated_at__isnull=False),
                name="plans_plan_active_is_dated",
            ),
            models.UniqueConstraint(
                fields=["client_id"], condition=Q(status__in=UNENDED), name="plans_plan_one_that_has_not_ended"
            ),
        ]


class Item(RecordRow):
    """A line of a plan: its wordings are revisions, its standing is derived, only its progress is stored."""

    plan = within("plans.Plan", related_name="items")
    kind = models.TextField(choices=ItemKind.choices)
    statement_type = models.TextField(choices=StatementType.choices, blank=True, default="")
    position = models.IntegerField(default=0)
    progress = models.TextField(choices=Progress.choices, default=Progress.NOT_STARTED)
    progress_at = models.DateTimeField(null=True)
    progress_by = a_person(null=True)
    created_at = models.DateTimeField()
    created_by = a_person()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "kind": FieldClass.SAFE,
        "statement_type": FieldClass.SAFE,
        "position": FieldClass.SAFE,
        "progress": FieldClass.CLINICAL,
        "progress_at": FieldClass.SAFE,
        "progress_by": FieldClass.SAFE,
        "created_at": FieldClass.SAFE,
        "created_by": FieldClass.SAFE,
    }

    class Meta:
        indexes = [models.Index(fields=["client_id", "plan"], name="plans_item_of_plan")]
        constraints = [
            known("kind", ItemKind, "plans_item_kind_is_known"),
            known("progress", Progress, "plans_item_progress_is_known"),
            models.CheckConstraint(
                condition=Q(kind=ItemKind.STATEMENT, statement_type__in=StatementType.values)
                | (~Q(kind=ItemKind.STATEMENT) & Q(statement_type="")),
                name="plans_item_statement_says_its_type",
            ),
            who_and_when("progress_by", "progress_at", "plans_item_progress_has_its_who_and_when"),
            models.CheckConstraint(
                condition=Q(progress=Progress.NOT_STARTED) | Q(progress_at__isnull=False),
                name="plans_item_progress_is_dated",
            ),
            models.CheckConstraint(condition=Q(position__gte=0), name="plans_item_position_counts_from_nought"),
        ]
