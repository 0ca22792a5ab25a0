"""What is offered to a client, and what they say to it (MSG-5): offered, not assigned."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from messaging.kinds import ResourceChoice
from plans.models.record import RecordRow, a_person, known, within


class Offering(RecordRow):
    """Two or three pieces offered together, why, and for what: a line of the plan, or a worry in words."""

    by = a_person()
    note = models.TextField()
    about_item = within("plans.Item", related_name="+", null=True)
    about_words = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "by": FieldClass.SAFE,
        "note": FieldClass.CLINICAL,
        "about_item": FieldClass.SAFE,
        "about_words": FieldClass.CLINICAL,
        "at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="messaging_offering_says_why"),
            models.CheckConstraint(
                condition=Q(about_item__isnull=False, about_words="") | (Q(about_item=None) & ~Q(about_words="")),
                name="messaging_offering_is_for_something",
            ),
        ]


class Resource(RecordRow):
    """One offered piece, exactly the version that was given. Never changed (MSG-4)."""

    offering = within("messaging.Offering", related_name="resources")
    piece = models.TextField()
    version = models.IntegerField()
    language = models.TextField()
    sha256 = models.TextField()
    position = models.IntegerField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "offering": FieldClass.SAFE,
        "piece": FieldClass.CLINICAL,
        "version": FieldClass.SAFE,
        "language": FieldClass.SAFE,
        "sha256": FieldClass.SAFE,
        "position": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client_id", "offering", "piece"], name="messaging_resource_stands_once_in_an_offering"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="messaging_resource_has_the_hash_of_its_text"
            ),
        ]


class Recall(RecordRow):
    """That an offered piece was taken back, before the client kept it."""

    resource = within("messaging.Resource", related_name="recalls")
    by = a_person()
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "resource": FieldClass.SAFE,
        "by": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "resource"], name="messaging_recall_once"),
        ]


class ResourceAnswer(RecordRow):
    """What the client said to an offered piece; the latest counts, the earlier ones stay."""

    resource = within("messaging.Resource", related_name="answers")
    person = a_person()
    choice = models.TextField(choices=ResourceChoice.choices)
    words = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "resource": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "choice": FieldClass.CLINICAL,
        "words": FieldClass.CLINICAL,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "messaging_resource_answer"
        indexes = [models.Index(fields=["client_id", "resource", "-at"], name="messaging_answer_latest")]
        constraints = [known("choice", ResourceChoice, "messaging_resource_answer_choice_is_known")]


class ReadMark(RecordRow):
    """That a client has read a piece, because they said so. Staff see it only while it is shown."""

    resource = within("messaging.Resource", related_name="read_marks")
    person = a_person()
    shown = models.BooleanField(default=False)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "resource": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "shown": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "messaging_read_mark"
        constraints = [
            models.UniqueConstraint(fields=["client_id", "resource", "person"], name="messaging_read_mark_once"),
        ]


class OwnResource(RecordRow):
    """Something the client has found or made themself. Theirs alone until they show it: their way to suggest."""

    person = a_person()
    title = models.TextField()
    text = models.TextField(blank=True, default="")
    shown = models.BooleanField(default=False)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "title": FieldClass.CLINICAL,
        "text": FieldClass.CLINICAL,
        "shown": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "messaging_own"
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="messaging_own_has_a_title")]
