"""The licences staff hold (SUP-1), in the identity tier: nothing here says who is a client."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from careplan.accounts.models import Person, Practice
from careplan.fields.classes import FieldClass
from careplan.ids import uuid7


class Licence(models.Model):
    """A licence somebody holds for their work in a practice (SUP-1). It is never edited: a new row renews it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="licences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="licences")
    kind = models.TextField()
    number = models.TextField()
    jurisdiction = models.TextField()
    expires_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.UUIDField()
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "kind": FieldClass.ADMINISTRATIVE,
        "number": FieldClass.IDENTIFYING,
        "jurisdiction": FieldClass.ADMINISTRATIVE,
        "expires_on": FieldClass.ADMINISTRATIVE,
        "added_at": FieldClass.ADMINISTRATIVE,
        "added_by": FieldClass.ADMINISTRATIVE,
        "verified_at": FieldClass.ADMINISTRATIVE,
        "verified_by": FieldClass.ADMINISTRATIVE,
        "ended_at": FieldClass.ADMINISTRATIVE,
        "ended_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        indexes = [models.Index(fields=["person", "expires_on"], name="careplan_licence_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(number="") & ~Q(jurisdiction=""), name="careplan_licence_says_what_it_is"
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="careplan_licence_verified_has_its_who",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="careplan_licence_end_has_its_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
