"""Versions: what was in force, chained; and the numbers people know them by (PLAN-8)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.kinds import NumberWhy
from plans.models.record import RecordRow, a_person, known, within


class Version(RecordRow):
    """A manifest of everything in force at one moment, its hash, the hash before it, and a readable snapshot."""

    plan = within("plans.Plan", related_name="versions")
    sequence = models.IntegerField()
    manifest = models.TextField()
    sha256 = models.TextField()
    previous_sha256 = models.TextField(blank=True, default="")
    cause = models.TextField()
    at = models.DateTimeField()
    snapshot = models.JSONField(null=True)
    revision_ids = ArrayField(models.UUIDField())

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "sequence": FieldClass.SAFE,
        "manifest": FieldClass.SAFE,
        "sha256": FieldClass.SAFE,
        "previous_sha256": FieldClass.SAFE,
        "cause": FieldClass.SAFE,
        "at": FieldClass.SAFE,
        "snapshot": FieldClass.CLINICAL,
        "revision_ids": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "plan", "sequence"], name="plans_version_sequence_is_unique"),
            models.CheckConstraint(
                condition=Q(sequence=1, previous_sha256="") | (Q(sequence__gt=1) & ~Q(previous_sha256="")),
                name="plans_version_is_chained",
            ),
        ]


class VersionNumber(RecordRow):
    """The number a version is known by among people, sealed by the practice.

    Nobody gave it when a billing system's reading did: the event names the software.
    """

    plan = within("plans.Plan", related_name="version_numbers")
    version = within("plans.Version", related_name="numbers")
    number = models.IntegerField()
    why = models.TextField(choices=NumberWhy.choices)
    at = models.DateTimeField()
    by = a_person(null=True)
    sealed = models.TextField()
    seal = models.TextField()
    key_id = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "version": FieldClass.SAFE,
        "number": FieldClass.SAFE,
        "why": FieldClass.SAFE,
        "at": FieldClass.SAFE,
        "by": FieldClass.SAFE,
        "sealed": FieldClass.SAFE,
        "seal": FieldClass.SAFE,
        "key_id": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_version_number"
        constraints = [
            known("why", NumberWhy, "plans_version_number_why_is_known"),
            models.UniqueConstraint(fields=["client_id", "plan", "number"], name="plans_version_number_is_unique"),
            models.UniqueConstraint(fields=["client_id", "version"], name="plans_version_number_given_once"),
        ]
