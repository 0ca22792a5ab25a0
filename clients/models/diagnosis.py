"""What something has been called, in a code and a label that staff type (PLAN-2): the note class.

A diagnosis belongs to the record. It stands; its wordings and the client's own view of it are append-only beside it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from clients.models.said import How


class CodeSystem(models.TextChoices):
    """Out of which list a code is. No list is kept here, and no text of any manual."""

    ICD_10 = "icd_10", "ICD-10"
    ICD_10_CM = "icd_10_cm", "ICD-10-CM"
    ICD_11 = "icd_11", "ICD-11"
    SNOMED_CT = "snomed_ct", "SNOMED CT"
    NONE = "none", "No code"


class Certainty(models.TextChoices):
    """How sure whoever wrote it is."""

    PROVISIONAL = "provisional", "For now"
    DIFFERENTIAL = "differential", "One of several possible"
    CONFIRMED = "confirmed", "Confirmed"
    RULED_OUT = "ruled_out", "Ruled out"


class DiagnosisEnd(models.TextChoices):
    """Why one no longer stands."""

    NO_LONGER = "no_longer", "It no longer holds"
    ENTERED_IN_ERROR = "entered_in_error", "It was entered in error"


def of_diagnosis(name: str) -> models.ForeignKey[Any, Any]:
    """The diagnosis something is about; a composite key keeps it under the same client."""
    return models.ForeignKey("clients.Diagnosis", on_delete=models.PROTECT, db_constraint=False, related_name=name)


class Diagnosis(models.Model):
    """One diagnosis of a record. Once talked over with the client it is theirs to read; nothing takes that back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField()
    shared_at = models.DateTimeField(null=True)
    shared_by = models.UUIDField(null=True)
    ended_as = models.TextField(choices=DiagnosisEnd.choices, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "begun_at": FieldClass.ADMINISTRATIVE,
        "begun_by": FieldClass.ADMINISTRATIVE,
        "shared_at": FieldClass.ADMINISTRATIVE,
        "shared_by": FieldClass.ADMINISTRATIVE,
        "ended_as": FieldClass.ADMINISTRATIVE,
        "ended_at": FieldClass.ADMINISTRATIVE,
        "ended_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_diagnosis"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_as="", ended_at=None, ended_by=None)
                | Q(ended_as__in=DiagnosisEnd.values, ended_at__isnull=False, ended_by__isnull=False),
                name="clients_diagnosis_end_has_its_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None, shared_by=None) | Q(shared_at__isnull=False, shared_by__isnull=False),
                name="clients_diagnosis_shared_has_its_who",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DiagnosisWording(models.Model):
    """What it is called from now on. Append-only: the highest number counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    diagnosis = of_diagnosis("wordings")
    number = models.PositiveIntegerField()
    code_system = models.TextField(choices=CodeSystem.choices)
    code = models.TextField(blank=True, default="")
    label = models.TextField()
    certainty = models.TextField(choices=Certainty.choices)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "diagnosis": FieldClass.SAFE,
        "number": FieldClass.SAFE,
        "code_system": FieldClass.CLINICAL,
        "code": FieldClass.CLINICAL,
        "label": FieldClass.CLINICAL,
        "certainty": FieldClass.CLINICAL,
        "written_at": FieldClass.ADMINISTRATIVE,
        "written_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_diagnosis_wording"
        constraints = [
            models.UniqueConstraint(
                fields=["client_id", "diagnosis", "number"], name="clients_diagnosis_wording_numbered_once"
            ),
            models.CheckConstraint(condition=~Q(label=""), name="clients_diagnosis_wording_has_a_label"),
            models.CheckConstraint(
                condition=Q(code_system__in=CodeSystem.values), name="clients_diagnosis_wording_system_is_known"
            ),
            models.CheckConstraint(
                condition=Q(code_system=CodeSystem.NONE, code="") | (~Q(code_system=CodeSystem.NONE) & ~Q(code="")),
                name="clients_diagnosis_wording_code_is_out_of_a_list",
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=Certainty.values), name="clients_diagnosis_wording_certainty_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DiagnosisView(models.Model):
    """How the client sees it, in their words: the plan class, which they write. Append-only; empty takes it back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    diagnosis = of_diagnosis("views")
    words = models.TextField(blank=True, default="")
    how = models.TextField(choices=How.choices)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "diagnosis": FieldClass.SAFE,
        "words": FieldClass.CLINICAL,
        "how": FieldClass.ADMINISTRATIVE,
        "written_at": FieldClass.ADMINISTRATIVE,
        "written_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_diagnosis_view"
        constraints = [
            models.CheckConstraint(condition=Q(how__in=How.values), name="clients_diagnosis_view_how_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.id)
