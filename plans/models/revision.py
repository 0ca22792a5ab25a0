"""Wordings and who is asked about them: written once, never changed (PLAN-1, PLAN-3, PLAN-5)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.kinds import PartyKind, Role
from plans.models.record import RecordRow, a_person, known, within


class ItemRevision(RecordRow):
    """One wording of an item: who wrote it, on which one, what it asks about, and the very text that is hashed.

    `content`, `hashed` and `why` can become null only by `guard.erase()`; the hash stays (AUD-5).
    """

    item = within("plans.Item", related_name="revisions")
    number = models.IntegerField()
    base = within("plans.ItemRevision", null=True, related_name="+")
    content = models.JSONField(null=True)
    parent = within("plans.Item", null=True, related_name="+")
    asks = ArrayField(models.TextField())
    author = a_person()
    author_role = models.TextField(choices=Role.choices)
    dictated = models.BooleanField(default=False)
    sheet = within("plans.Sheet", null=True, related_name="+")
    why = models.TextField(null=True, default="")
    raised_over = within("plans.Answer", null=True, related_name="+")
    at = models.DateTimeField()
    salt = models.TextField()
    hashed = models.TextField(null=True)
    sha256 = models.TextField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "item": FieldClass.SAFE,
        "number": FieldClass.SAFE,
        "base": FieldClass.SAFE,
        "content": FieldClass.CLINICAL,
        "parent": FieldClass.SAFE,
        "asks": FieldClass.SAFE,
        "author": FieldClass.SAFE,
        "author_role": FieldClass.SAFE,
        "dictated": FieldClass.SAFE,
        "sheet": FieldClass.SAFE,
        "why": FieldClass.CLINICAL,
        "raised_over": FieldClass.SAFE,
        "at": FieldClass.SAFE,
        "salt": FieldClass.CLINICAL,
        "hashed": FieldClass.CLINICAL,
        "sha256": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_item_revision"
        constraints = [
            models.UniqueConstraint(
                fields=["client_id", "item", "number"], name="plans_item_revision_numbers_are_unique"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="plans_item_revision_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(number=1, base__isnull=True) | Q(number__gt=1, base__isnull=False),
                name="plans_item_revision_says_what_it_was_written_on",
            ),
            known("author_role", Role, "plans_item_revision_author_role_is_known"),
            models.CheckConstraint(
                condition=Q(dictated=False) | Q(sheet__isnull=False), name="plans_item_revision_dictation_has_its_sheet"
            ),
            models.CheckConstraint(
                condition=Q(asks__len__gte=1) & Q(asks__contained_by=["client_words", "clinical_wording", "details"]),
                name="plans_item_revision_asks_about_known_parts",
            ),
        ]


class Party(RecordRow):
    """Somebody whose answer to a wording is asked; fixed by the database when it is proposed (PLAN-5a, PLAN-5b)."""

    revision = within("plans.ItemRevision", related_name="parties")
    kind = models.TextField(choices=PartyKind.choices)
    person = a_person(null=True)
    authority = models.TextField(blank=True, default="")

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "revision": FieldClass.SAFE,
        "kind": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "authority": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "plans_party"
        indexes = [models.Index(fields=["revision"], name="plans_party_of_revision")]
        constraints = [
            known("kind", PartyKind, "plans_party_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=PartyKind.THERAPIST, person__isnull=True)
                | (~Q(kind=PartyKind.THERAPIST) & Q(person__isnull=False)),
                name="plans_party_therapist_is_whoever_is",
            ),
            models.UniqueConstraint(
                fields=["client_id", "revision", "person"], nulls_distinct=False, name="plans_party_asked_once"
            ),
        ]
