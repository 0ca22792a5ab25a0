"""That a goal goes with a diagnosis of the record (PLAN-2): beside the wording, never part of what was agreed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from careplan.fields.classes import FieldClass
from plans.models.record import RecordRow, a_person, who_and_when, within


class GoalDiagnosis(RecordRow):
    """One link, from a day until a day: the note class, like the diagnosis. No page of the goal shows it."""

    item = within("plans.Item", related_name="diagnoses")
    diagnosis = within("clients.Diagnosis", related_name="goals")
    linked_at = models.DateTimeField()
    linked_by = a_person()
    ended_at = models.DateTimeField(null=True)
    ended_by = a_person(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "item": FieldClass.SAFE,
        "diagnosis": FieldClass.SAFE,
        "linked_at": FieldClass.ADMINISTRATIVE,
        "linked_by": FieldClass.ADMINISTRATIVE,
        "ended_at": FieldClass.ADMINISTRATIVE,
        "ended_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "plans_goal_diagnosis"
        constraints = [
            models.UniqueConstraint(
                fields=["client_id", "item", "diagnosis"],
                condition=models.Q(ended_at=None),
                name="plans_goal_diagnosis_linked_once",
            ),
            who_and_when("ended_by", "ended_at", "plans_goal_diagnosis_end_has_its_who"),
        ]
