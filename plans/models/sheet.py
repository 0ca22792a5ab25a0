"""The sheet in the room: what was on it, who was there, whose hands it was in (PLAN-16)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.kinds import Copy, How, SheetKind
from plans.models.record import RecordRow, a_person, known, who_and_when, within


class Sheet(RecordRow):
    """One sitting: answers and dictation can be recorded while it is open."""

    plan = within("plans.Plan", related_name="sheets")
    kind = models.TextField(choices=SheetKind.choices)
    opened_at = models.DateTimeField()
    opened_by = a_person()
    closed_at = models.DateTimeField(null=True)
    closed_by = a_person(null=True)
    how = models.TextField(choices=How.choices)
    present = models.JSONField(default=list)
    copy = models.TextField(choices=Copy.choices, blank=True, default="")
    copy_at = models.DateTimeField(null=True)
    copy_by = a_person(null=True)
    turned_at = models.DateTimeField(null=True)
    turned_by = a_person(null=True)
    handed_back_at = models.DateTimeField(null=True)
    handed_back_by = a_person(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "kind": FieldClass.SAFE,
        "opened_at": FieldClass.SAFE,
        "opened_by": FieldClass.SAFE,
        "closed_at": FieldClass.SAFE,
        "closed_by": FieldClass.SAFE,
        "how": FieldClass.SAFE,
        "present": FieldClass.IDENTIFYING,
        "copy": FieldClass.SAFE,
        "copy_at": FieldClass.SAFE,
        "copy_by": FieldClass.SAFE,
        "turned_at": FieldClass.SAFE,
        "turned_by": FieldClass.SAFE,
        "handed_back_at": FieldClass.SAFE,
        "handed_back_by": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            known("kind", SheetKind, "plans_sheet_kind_is_known"),
            known("how", How, "plans_sheet_how_is_known"),
            known("copy", Copy, "plans_sheet_copy_is_known"),
            who_and_when("closed_by", "closed_at", "plans_sheet_closing_has_its_who_and_when"),
            who_and_when("copy_by", "copy_at", "plans_sheet_copy_has_its_who_and_when"),
            who_and_when("turned_by", "turned_at", "plans_sheet_turning_has_its_who_and_when"),
            who_and_when("handed_back_by", "handed_back_at", "plans_sheet_handing_back_has_its_who_and_when"),
            models.CheckConstraint(
                condition=Q(copy="", copy_at__isnull=True) | (~Q(copy="") & Q(copy_at__isnull=False)),
                name="plans_sheet_copy_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(handed_back_at__isnull=True) | Q(turned_at__isnull=False),
                name="plans_sheet_is_handed_back_after_it_was_turned",
            ),
            models.UniqueConstraint(
                fields=["client_id", "plan"], condition=Q(closed_at__isnull=True), name="plans_sheet_one_open_at_a_time"
            ),
        ]


class SheetLine(RecordRow):
    """A line of a sheet: the wording it shows now; what was answered stands with the answer."""

    sheet = within("plans.Sheet", related_name="lines")
    item = within("plans.Item", related_name="+")
    revision = within("plans.ItemRevision", related_name="+")
    position = models.IntegerField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "sheet": FieldClass.SAFE,
        "item": FieldClass.SAFE,
        "revision": FieldClass.SAFE,
        "position": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_sheet_line"
        constraints = [
            models.UniqueConstraint(fields=["client_id", "sheet", "item"], name="plans_sheet_line_item_stands_once"),
        ]
