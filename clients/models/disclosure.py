"""What was told to somebody outside, on what ground, and what the law asks for (CONS-8): the consent class."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from careplan.access.classes import DataClass
from careplan.fields.classes import FieldClass
from careplan.ids import uuid7

CLASSES = [str(each) for each in DataClass]


class Basis(models.TextChoices):
    """On what ground something was told."""

    CONSENT = "consent", "The client said yes"
    LAW = "law", "The law asks for it"
    EMERGENCY = "emergency", "An emergency"


class Through(models.TextChoices):
    """By what way it went."""

    SPOKEN = "spoken", "Spoken"
    PAPER = "paper", "On paper"
    EMAIL = "email", "By e-mail"
    EXPORT = "export", "As a file"
    API = "api", "By another system"


class Disclosure(models.Model):
    """One telling. Append-only; a withheld one is hidden from the client's own pages until its day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    what = models.TextField()
    scope = ArrayField(models.TextField(), default=list)
    recipient = models.TextField()
    told_to = models.TextField(blank=True, default="")
    why = models.TextField()
    basis = models.TextField(choices=Basis.choices)
    basis_code = models.TextField(blank=True, default="")
    pack = models.TextField(blank=True, default="")
    consent_id = models.UUIDField(null=True)
    facts = models.TextField(blank=True, default="")
    through = models.TextField(choices=Through.choices)
    supervisor_told = models.TextField(blank=True, default="")
    told_on = models.DateTimeField()
    withheld_until = models.DateTimeField(null=True)
    withheld_why = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "what": FieldClass.CLINICAL,
        "scope": FieldClass.ADMINISTRATIVE,
        "recipient": FieldClass.IDENTIFYING,
        "told_to": FieldClass.IDENTIFYING,
        "why": FieldClass.CLINICAL,
        "basis": FieldClass.ADMINISTRATIVE,
        "basis_code": FieldClass.ADMINISTRATIVE,
        "pack": FieldClass.ADMINISTRATIVE,
        "consent_id": FieldClass.SAFE,
        "facts": FieldClass.CLINICAL,
        "through": FieldClass.ADMINISTRATIVE,
        "supervisor_told": FieldClass.IDENTIFYING,
        "told_on": FieldClass.ADMINISTRATIVE,
        "withheld_until": FieldClass.ADMINISTRATIVE,
        "withheld_why": FieldClass.CLINICAL,
        "made_at": FieldClass.ADMINISTRATIVE,
        "made_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_disclosure"
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="clients_disclosure_basis_is_known"),
            models.CheckConstraint(condition=Q(through__in=Through.values), name="clients_disclosure_way_is_known"),
            models.CheckConstraint(condition=Q(scope__contained_by=CLASSES), name="clients_disclosure_scope_is_known"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(recipient="") & ~Q(why=""), name="clients_disclosure_says_what_to_whom_why"
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.CONSENT, consent_id__isnull=False)
                | (Q(basis__in=[Basis.LAW, Basis.EMERGENCY], consent_id=None) & ~Q(basis_code="") & ~Q(facts="")),
                name="clients_disclosure_stands_on_its_ground",
            ),
            models.CheckConstraint(
                condition=Q(withheld_until=None, withheld_why="")
                | (Q(withheld_until__gt=F("made_at")) & ~Q(withheld_why="") & ~Q(basis=Basis.CONSENT)),
                name="clients_disclosure_withheld_says_why_and_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.id}"


class Mandate(models.Model):
    """What the law asks for, to whom, until when. Append-only, written by one definer function (adr/0008)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    disclosure_id = models.UUIDField(editable=False)
    recipient = models.TextField()
    scope = ArrayField(models.TextField())
    basis = models.TextField()
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "disclosure_id": FieldClass.SAFE,
        "recipient": FieldClass.IDENTIFYING,
        "scope": FieldClass.ADMINISTRATIVE,
        "basis": FieldClass.ADMINISTRATIVE,
        "starts_at": FieldClass.ADMINISTRATIVE,
        "until": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.ADMINISTRATIVE,
        "made_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_mandate"
        constraints = [
            models.CheckConstraint(condition=Q(scope__contained_by=CLASSES), name="clients_mandate_scope_is_known"),
            models.CheckConstraint(condition=~Q(recipient=""), name="clients_mandate_names_its_recipient"),
            models.CheckConstraint(condition=~Q(basis=""), name="clients_mandate_has_a_basis"),
            models.CheckConstraint(condition=Q(until__gt=F("starts_at")), name="clients_mandate_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.id}"
