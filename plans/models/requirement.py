"""What a court, school, employer or law demands: never agreed, never in force, counted nowhere (PLAN-19)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.kinds import RECORDED_HOW, How, Role, Seen, SetBy
from plans.models.record import RecordRow, a_person, known, who_and_when, within

OWN_HAND = (How.OWN_HAND_PORTAL,)


class Requirement(RecordRow):
    """Set by whom, what, until when, and what is reported to whom. It ends; its words are never changed."""

    kind = models.TextField(choices=SetBy.choices)
    set_by = models.TextField()
    what = models.TextField()
    until = models.DateField(null=True)
    reported = models.TextField(blank=True, default="")
    reported_to = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = a_person()
    ended_at = models.DateTimeField(null=True)
    ended_by = a_person(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "kind": FieldClass.CLINICAL,
        "set_by": FieldClass.CLINICAL,
        "what": FieldClass.CLINICAL,
        "until": FieldClass.CLINICAL,
        "reported": FieldClass.CLINICAL,
        "reported_to": FieldClass.CLINICAL,
        "at": FieldClass.SAFE,
        "by": FieldClass.SAFE,
        "ended_at": FieldClass.SAFE,
        "ended_by": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            known("kind", SetBy, "plans_requirement_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(set_by="") & ~Q(what=""), name="plans_requirement_says_by_whom_and_what"
            ),
            models.CheckConstraint(
                condition=Q(reported="", reported_to="") | (~Q(reported="") & ~Q(reported_to="")),
                name="plans_requirement_report_says_what_and_to_whom",
            ),
            who_and_when("ended_by", "ended_at", "plans_requirement_end_has_its_who_and_when"),
        ]


class RequirementView(RecordRow):
    """How the client sees a requirement, in their own words: read, or seen differently. The latest counts."""

    requirement = within("plans.Requirement", related_name="views")
    person = a_person()
    role_held = models.TextField(choices=Role.choices)
    seen = models.TextField(choices=Seen.choices)
    words = models.TextField(blank=True, default="")
    how = models.TextField(choices=How.choices)
    recorded_by = a_person(null=True)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "requirement": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "role_held": FieldClass.SAFE,
        "seen": FieldClass.CLINICAL,
        "words": FieldClass.CLINICAL,
        "how": FieldClass.SAFE,
        "recorded_by": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_requirement_view"
        constraints = [
            known("seen", Seen, "plans_requirement_view_is_known"),
            known("role_held", Role, "plans_requirement_view_role_is_known"),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True, how__in=OWN_HAND)
                | Q(recorded_by__isnull=False, how__in=RECORDED_HOW),
                name="plans_requirement_view_recorded_says_by_whom",
            ),
        ]
