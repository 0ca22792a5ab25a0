"""Answers: whose, what, how given, by whom recorded; written once (PLAN-4, PLAN-16)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.kinds import CLIENT_SIDE, RECORDED_HOW, Choice, How, Role
from plans.models.record import RecordRow, a_person, known, within

OWN_HAND = (How.BY_PROPOSING, How.OWN_HAND_PORTAL, How.OWN_HAND_PRACTICE)


class Answer(RecordRow):
    """What one person said to one wording, at one moment; a later answer stands beside it, never over it."""

    item = within("plans.Item", related_name="answers")
    revision = within("plans.ItemRevision", related_name="answers")
    number = models.IntegerField()
    person = a_person()
    role_held = models.TextField(choices=Role.choices)
    choice = models.TextField(choices=Choice.choices)
    words = models.TextField(null=True, default="")
    until = models.DateField(null=True)
    until_raised = models.BooleanField(default=False)
    how = models.TextField(choices=How.choices)
    recorded_by = a_person(null=True)
    sheet = within("plans.Sheet", null=True, related_name="answers")
    present = models.JSONField(default=list)
    at = models.DateTimeField()
    salt = models.TextField()
    hashed = models.TextField(null=True)
    sha256 = models.TextField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "item": FieldClass.SAFE,
        "revision": FieldClass.SAFE,
        "number": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "role_held": FieldClass.SAFE,
        "choice": FieldClass.SAFE,
        "words": FieldClass.CLINICAL,
        "until": FieldClass.SAFE,
        "until_raised": FieldClass.SAFE,
        "how": FieldClass.SAFE,
        "recorded_by": FieldClass.SAFE,
        "sheet": FieldClass.SAFE,
        "present": FieldClass.IDENTIFYING,
        "at": FieldClass.SAFE,
        "salt": FieldClass.CLINICAL,
        "hashed": FieldClass.CLINICAL,
        "sha256": FieldClass.SAFE,
    }

    class Meta:
        indexes = [models.Index(fields=["revision", "number"], name="plans_answer_of_revision")]
        constraints = [
            models.UniqueConstraint(fields=["client_id", "item", "number"], name="plans_answer_numbers_are_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plans_answer_numbers_start_at_one"),
            known("choice", Choice, "plans_answer_choice_is_known"),
            known("how", How, "plans_answer_how_is_known"),
            known("role_held", Role, "plans_answer_role_is_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(choice=Choice.NOT_NOW), name="plans_answer_only_not_now_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(until_raised=False) | Q(choice__in=(Choice.NOT_NOW, Choice.NO)),
                name="plans_answer_only_off_the_table_waits_for_them",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True, how__in=OWN_HAND)
                | Q(recorded_by__isnull=False, how__in=RECORDED_HOW, sheet__isnull=False),
                name="plans_answer_recorded_says_by_whom_and_on_which_sheet",
            ),
            models.CheckConstraint(
                condition=~Q(how=How.BY_PROPOSING) | Q(choice=Choice.YES), name="plans_answer_proposing_is_a_yes"
            ),
            models.CheckConstraint(
                condition=Q(role_held__in=CLIENT_SIDE) | ~Q(choice=Choice.NOT_NOW),
                name="plans_answer_staff_have_three_answers",
            ),
            models.CheckConstraint(
                condition=Q(role_held__in=CLIENT_SIDE) | ~Q(choice=Choice.NO) | ~Q(words=""),
                name="plans_answer_staff_say_why_not",
            ),
        ]
