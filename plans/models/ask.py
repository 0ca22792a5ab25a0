"""What was sent to the client to answer when they like: at most seven lines at once (PLAN-17)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.kinds import Way
from plans.models.record import RecordRow, a_person, known, who_and_when, within

SEVEN = 7


class Ask(RecordRow):
    """A sheet with the client: which way they chose to answer. What they answered stands with the answers."""

    plan = within("plans.Plan", related_name="asks")
    sent_at = models.DateTimeField()
    sent_by = a_person()
    way = models.TextField(choices=Way.choices, blank=True, default="")
    way_at = models.DateTimeField(null=True)
    way_by = a_person(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = a_person(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "sent_at": FieldClass.SAFE,
        "sent_by": FieldClass.SAFE,
        "way": FieldClass.SAFE,
        "way_at": FieldClass.SAFE,
        "way_by": FieldClass.SAFE,
        "withdrawn_at": FieldClass.SAFE,
        "withdrawn_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_ask"
        indexes = [models.Index(fields=["plan", "-sent_at"], name="plans_ask_latest")]
        constraints = [
            known("way", Way, "plans_ask_way_is_known"),
            who_and_when("way_by", "way_at", "plans_ask_way_has_its_who_and_when"),
            who_and_when("withdrawn_by", "withdrawn_at", "plans_ask_withdrawal_has_its_who_and_when"),
            models.CheckConstraint(
                condition=Q(way="", way_at__isnull=True) | (~Q(way="") & Q(way_at__isnull=False)),
                name="plans_ask_way_is_dated",
            ),
        ]


class AskLine(RecordRow):
    """One line of a sheet with the client: the wording that was sent."""

    ask = within("plans.Ask", related_name="lines")
    item = within("plans.Item", related_name="+")
    revision = within("plans.ItemRevision", related_name="+")
    position = models.IntegerField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "ask": FieldClass.SAFE,
        "item": FieldClass.SAFE,
        "revision": FieldClass.SAFE,
        "position": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_ask_line"
        constraints = [
            models.UniqueConstraint(fields=["client_id", "ask", "item"], name="plans_ask_line_item_stands_once"),
            models.UniqueConstraint(fields=["client_id", "ask", "position"], name="plans_ask_line_has_its_place"),
            models.CheckConstraint(
                condition=Q(position__gte=0, position__lt=SEVEN), name="plans_ask_line_seven_at_most"
            ),
        ]
