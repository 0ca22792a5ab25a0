"""What stands beside a plan: the client's pace, half-typed drafts, and the head that lists may read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from careplan.fields.classes import FieldClass
from plans.kinds import How, Pace, PlanStatus
from plans.models.record import RecordRow, a_person, known


class PaceSaid(RecordRow):
    """How much the client wants to be asked from now on (PLAN-20); the latest counts."""

    pace = models.TextField(choices=Pace.choices)
    said_how = models.TextField(choices=How.choices)
    by = a_person()
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "pace": FieldClass.SAFE,
        "said_how": FieldClass.SAFE,
        "by": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_pace"
        indexes = [models.Index(fields=["client_id", "-at"], name="plans_pace_latest")]
        constraints = [
            known("pace", Pace, "plans_pace_is_known"),
            known("said_how", How, "plans_pace_said_how_is_known"),
        ]


class Draft(RecordRow):
    """What somebody has typed and not yet sent: nothing typed is ever lost (UI-5). Only theirs to read."""

    person = a_person()
    key = models.TextField()
    content = models.JSONField(default=dict)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "key": FieldClass.SAFE,
        "content": FieldClass.CLINICAL,
        "at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "person", "key"], name="plans_draft_one_per_place"),
        ]


class PlanHead(models.Model):
    """Counts, codes and dates of the client's current plan for lists: no content (ACC-2a)."""

    client_id = models.UUIDField(primary_key=True)
    practice_id = models.UUIDField()
    plan_id = models.UUIDField()
    status = models.TextField(choices=PlanStatus.choices)
    agreed = models.IntegerField()
    declined = models.IntegerField()
    open_count = models.IntegerField()
    waiting = models.IntegerField()
    with_client = models.IntegerField()
    with_therapist = models.IntegerField()
    comments_from_client = models.IntegerField(default=0)
    comments_from_staff = models.IntegerField(default=0)
    duty_since = models.DateTimeField(null=True)
    versions = models.IntegerField()
    look_again_on = models.DateField(null=True)
    updated_at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan_id": FieldClass.SAFE,
        "status": FieldClass.SAFE,
        "agreed": FieldClass.SAFE,
        "declined": FieldClass.SAFE,
        "open_count": FieldClass.SAFE,
        "waiting": FieldClass.SAFE,
        "with_client": FieldClass.SAFE,
        "with_therapist": FieldClass.SAFE,
        "comments_from_client": FieldClass.SAFE,
        "comments_from_staff": FieldClass.SAFE,
        "duty_since": FieldClass.SAFE,
        "versions": FieldClass.SAFE,
        "look_again_on": FieldClass.SAFE,
        "updated_at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plan_head"
        constraints = [known("status", PlanStatus, "plan_head_status_is_known")]

    def __str__(self) -> str:
        return str(self.client_id)
