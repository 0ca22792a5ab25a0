"""That whoever took over has read what was agreed before them (PLAN-5c): asked of them, and of nothing a condition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from careplan.fields.classes import FieldClass
from plans.models.record import RecordRow, a_person, within


class PlanRead(RecordRow):
    """One therapist says that they have read a plan that was agreed with somebody before them."""

    plan = within("plans.Plan", related_name="+")
    person = a_person()
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_plan_read"
