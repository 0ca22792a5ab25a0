"""What rests because the client said so, and who is away on the staff's side (PLAN-14, PLAN-7)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from plans.kinds import RestScope
from plans.models.record import RecordRow, a_person, known, who_and_when, within


class Pause(RecordRow):
    """A line, the plan or everything rests, until a day or until the client says; or therapy has ended.

    `goes_on` is the first moment of the day `until`, on the client's own clock; the database sees to it.
    """

    scope = models.TextField(choices=RestScope.choices)
    item = within("plans.Item", null=True, related_name="pauses")
    until = models.DateField(null=True)
    goes_on = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    began_by = a_person()
    ended_at = models.DateTimeField(null=True)
    ended_by = a_person(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "scope": FieldClass.SAFE,
        "item": FieldClass.SAFE,
        "until": FieldClass.SAFE,
        "goes_on": FieldClass.SAFE,
        "began_at": FieldClass.SAFE,
        "began_by": FieldClass.SAFE,
        "ended_at": FieldClass.SAFE,
        "ended_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_pause"
        constraints = [
            known("scope", RestScope, "plans_pause_scope_is_known"),
            models.CheckConstraint(
                condition=Q(scope=RestScope.ITEM, item__isnull=False)
                | (~Q(scope=RestScope.ITEM) & Q(item__isnull=True)),
                name="plans_pause_of_a_line_names_it",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, goes_on__isnull=True)
                | (Q(until__isnull=False, goes_on__isnull=False) & ~Q(scope=RestScope.THERAPY)),
                name="plans_pause_until_is_a_moment",
            ),
            who_and_when("ended_by", "ended_at", "plans_pause_end_has_its_who_and_when"),
            models.UniqueConstraint(
                fields=["client_id", "scope", "item"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="plans_pause_one_at_a_time",
            ),
        ]


class Pausing(models.Model):
    """Whether the plan or everything rests, and until when: what is asked before anything is sent (ACC-2a).

    Written by the database with each pause. Nothing here says about which line, or why.
    """

    client_id = models.UUIDField(primary_key=True)
    practice_id = models.UUIDField()
    plan_since = models.DateTimeField(null=True)
    plan_goes_on = models.DateTimeField(null=True)
    all_since = models.DateTimeField(null=True)
    all_goes_on = models.DateTimeField(null=True)
    stopped_since = models.DateTimeField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan_since": FieldClass.SAFE,
        "plan_goes_on": FieldClass.SAFE,
        "all_since": FieldClass.SAFE,
        "all_goes_on": FieldClass.SAFE,
        "stopped_since": FieldClass.SAFE,
    }

    class Meta:
        db_table = "pausing"

    def __str__(self) -> str:
        return str(self.client_id)


class Absence(models.Model):
    """When a member of staff is away, and who covers. Back early, or never gone: called off."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey("careplan.Practice", on_delete=models.PROTECT, related_name="+")
    person = a_person()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    cover = a_person(null=True)
    said_at = models.DateTimeField()
    said_by = a_person()
    called_off_at = models.DateTimeField(null=True)
    called_off_by = a_person(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "person": FieldClass.ADMINISTRATIVE,
        "starts": FieldClass.ADMINISTRATIVE,
        "ends": FieldClass.ADMINISTRATIVE,
        "cover": FieldClass.ADMINISTRATIVE,
        "said_at": FieldClass.ADMINISTRATIVE,
        "said_by": FieldClass.ADMINISTRATIVE,
        "called_off_at": FieldClass.ADMINISTRATIVE,
        "called_off_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "plans_absence"
        indexes = [models.Index(fields=["person", "ends"], name="plans_absence_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="plans_absence_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(cover=F("person")), name="plans_absence_is_covered_by_somebody_else"),
            who_and_when("called_off_by", "called_off_at", "plans_absence_calling_off_has_its_who_and_when"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AnswerWindow(models.Model):
    """In how many days a practice answers a client's proposal (PLAN-7); the latest before a proposal counts for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey("careplan.Practice", on_delete=models.PROTECT, related_name="+")
    days = models.IntegerField()
    said_at = models.DateTimeField()
    said_by = a_person()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "days": FieldClass.ADMINISTRATIVE,
        "said_at": FieldClass.ADMINISTRATIVE,
        "said_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "plans_answer_window"
        indexes = [models.Index(fields=["practice", "-said_at"], name="plans_answer_window_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=30), name="plans_answer_window_is_a_month_at_most"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
