"""What somebody has typed into a form of a record and not yet sent (UI-5, AUTH-2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7


class FormDraft(models.Model):
    """One form as it was typed so far: its writer's alone, emptied once it was sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    person = models.ForeignKey("careplan.Person", on_delete=models.PROTECT, related_name="+")
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
        db_table = "clients_draft"
        constraints = [
            models.UniqueConstraint(fields=["client_id", "person", "key"], name="clients_draft_one_per_form"),
        ]

    def __str__(self) -> str:
        return str(self.id)
