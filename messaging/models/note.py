"""The note of a session: a draft of its author's, then signed and locked; what is held back; later words (APPT-4)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from careplan.fields.classes import FieldClass
from plans.kinds import Role
from plans.models.record import RecordRow, a_person, who_and_when, within


class Note(RecordRow):
    """What one member of the care team wrote of one session. Theirs alone until it is signed, then never changed."""

    session = within("messaging.Session", related_name="notes")
    author = a_person()
    role = models.TextField(choices=Role.choices)
    starts_at = models.DateTimeField()
    stops_at = models.DateTimeField()
    place = models.TextField(blank=True, default="")
    who = models.TextField(blank=True, default="")
    worked_on = ArrayField(models.UUIDField(), default=list)
    happened = models.TextField(blank=True, default="")
    next = models.TextField(blank=True, default="")
    holds_back = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = a_person()
    signed_at = models.DateTimeField(null=True)
    signed_by = a_person(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "session": FieldClass.SAFE,
        "author": FieldClass.SAFE,
        "role": FieldClass.SAFE,
        "starts_at": FieldClass.ADMINISTRATIVE,
        "stops_at": FieldClass.ADMINISTRATIVE,
        "place": FieldClass.ADMINISTRATIVE,
        "who": FieldClass.IDENTIFYING,
        "worked_on": FieldClass.SAFE,
        "happened": FieldClass.CLINICAL,
        "next": FieldClass.CLINICAL,
        "holds_back": FieldClass.ADMINISTRATIVE,
        "changed_at": FieldClass.SAFE,
        "changed_by": FieldClass.SAFE,
        "signed_at": FieldClass.SAFE,
        "signed_by": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "session", "author"], name="messaging_note_one_an_author"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("stops_at")), name="messaging_note_stops_after_start"),
            models.CheckConstraint(
                condition=Q(signed_at=None) | ~Q(happened=""), name="messaging_note_signed_says_something"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | Q(signed_by=F("author")), name="messaging_note_is_signed_by_its_author"
            ),
            who_and_when("signed_by", "signed_at", "messaging_note_signing_has_its_who"),
        ]


class NoteHeld(RecordRow):
    """A part of a note that the client does not read for now: on what ground, and when that is looked at again.

    `given_at` is when it was given to the client after all; nothing takes that back.
    """

    note = within("messaging.Note", related_name="held")
    words = models.TextField()
    ground = models.TextField()
    review_on = models.DateField()
    by = a_person()
    at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "note": FieldClass.SAFE,
        "words": FieldClass.CLINICAL,
        "ground": FieldClass.ADMINISTRATIVE,
        "review_on": FieldClass.ADMINISTRATIVE,
        "by": FieldClass.SAFE,
        "at": FieldClass.SAFE,
        "given_at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "messaging_note_held"
        constraints = [
            models.UniqueConstraint(fields=["client_id", "note"], name="messaging_note_held_one_a_note"),
            models.CheckConstraint(condition=~Q(ground=""), name="messaging_note_held_names_its_ground"),
            models.CheckConstraint(
                condition=Q(given_at=None) | ~Q(words=""), name="messaging_note_held_gives_something"
            ),
        ]


class NoteAddendum(RecordRow):
    """Words added under a signed note, with their date and whose they are. Never changed."""

    note = within("messaging.Note", related_name="addenda")
    by = a_person()
    words = models.TextField()
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "note": FieldClass.SAFE,
        "by": FieldClass.SAFE,
        "words": FieldClass.CLINICAL,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "messaging_note_addendum"
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="messaging_note_addendum_says_something")]
