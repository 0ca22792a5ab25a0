"""Beside the access ledger: what a client asks about a line, and a line that is lawfully shown later (AUD-3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7


class LedgerQuestion(models.Model):
    """That a client asks about a line (operations tier: no words; those are the reason of the event)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    key = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "key": FieldClass.ADMINISTRATIVE,
        "asked_at": FieldClass.ADMINISTRATIVE,
        "asked_by": FieldClass.ADMINISTRATIVE,
        "answered_at": FieldClass.ADMINISTRATIVE,
        "answered_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_ledger_question"
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="clients_ledger_question_is_about_a_line"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="clients_ledger_question_answer_has_its_who",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LedgerDelay(models.Model):
    """A line the client reads as “withheld” until a day, on a lawful ground that staff write down. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    key = models.TextField()
    reason = models.TextField()
    ends_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "key": FieldClass.ADMINISTRATIVE,
        "reason": FieldClass.CLINICAL,
        "ends_on": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.ADMINISTRATIVE,
        "made_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_ledger_delay"
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(reason=""), name="clients_ledger_delay_has_its_reason"),
        ]

    def __str__(self) -> str:
        return str(self.id)
