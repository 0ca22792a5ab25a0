"""Standing, read from the one view that derives it (PLAN-5e): nothing here is stored."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from careplan.fields.classes import FieldClass
from plans.kinds import Choice


class Standing(models.Model):
    """How one item stands now: what is in force, what is open, whether it is off the table or waits for its goal."""

    item_id = models.UUIDField(primary_key=True)
    client_id = models.UUIDField()
    practice_id = models.UUIDField()
    plan_id = models.UUIDField()
    kind = models.TextField()
    statement_type = models.TextField()
    position = models.IntegerField()
    progress = models.TextField()
    highest_id = models.UUIDField()
    highest_number = models.IntegerField()
    in_force_id = models.UUIDField(null=True)
    open_id = models.UUIDField(null=True)
    parent_id = models.UUIDField(null=True)
    off_choice = models.TextField(choices=Choice.choices, null=True)
    off_until = models.DateField(null=True)
    off_until_raised = models.BooleanField(null=True)
    off_answer_id = models.UUIDField(null=True)
    effective = models.BooleanField()
    waiting = models.BooleanField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "item_id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan_id": FieldClass.SAFE,
        "kind": FieldClass.SAFE,
        "statement_type": FieldClass.SAFE,
        "position": FieldClass.SAFE,
        "progress": FieldClass.CLINICAL,
        "highest_id": FieldClass.SAFE,
        "highest_number": FieldClass.SAFE,
        "in_force_id": FieldClass.SAFE,
        "open_id": FieldClass.SAFE,
        "parent_id": FieldClass.SAFE,
        "off_choice": FieldClass.SAFE,
        "off_until": FieldClass.SAFE,
        "off_until_raised": FieldClass.SAFE,
        "off_answer_id": FieldClass.SAFE,
        "effective": FieldClass.SAFE,
        "waiting": FieldClass.SAFE,
    }

    class Meta:
        managed = False
        db_table = "plans_standing"

    def __str__(self) -> str:
        return str(self.item_id)


class LastWord(models.Model):
    """The last word of somebody whose answer to a wording is waited for; no word yet is an empty choice."""

    party_id = models.UUIDField(primary_key=True)
    client_id = models.UUIDField()
    revision_id = models.UUIDField()
    kind = models.TextField()
    person_id = models.UUIDField(null=True)
    answer_id = models.UUIDField(null=True)
    number = models.IntegerField(null=True)
    choice = models.TextField()
    until = models.DateField(null=True)
    until_raised = models.BooleanField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "party_id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "revision_id": FieldClass.SAFE,
        "kind": FieldClass.SAFE,
        "person_id": FieldClass.SAFE,
        "answer_id": FieldClass.SAFE,
        "number": FieldClass.SAFE,
        "choice": FieldClass.SAFE,
        "until": FieldClass.SAFE,
        "until_raised": FieldClass.SAFE,
    }

    class Meta:
        managed = False
        db_table = "plans_last_word"

    def __str__(self) -> str:
        return str(self.party_id)
