"""What a client wants to be reminded of, and how; and what is due (REM-1, REM-4)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from messaging.reminding import By, ReminderKind, ReminderState
from plans.models.record import RecordRow, a_person, known


class Contract(RecordRow):
    """The client's own terms: which kinds, by which way, when not, how many, paused until. Nobody else writes them."""

    person = a_person()
    kinds = ArrayField(models.TextField(choices=ReminderKind.choices), default=list)
    channel = models.TextField(choices=By.choices)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    most_a_week = models.PositiveSmallIntegerField(default=3)
    paused_until = models.DateTimeField(null=True)
    stopped = models.BooleanField(default=False)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "kinds": FieldClass.ADMINISTRATIVE,
        "channel": FieldClass.ADMINISTRATIVE,
        "quiet_from": FieldClass.ADMINISTRATIVE,
        "quiet_until": FieldClass.ADMINISTRATIVE,
        "most_a_week": FieldClass.ADMINISTRATIVE,
        "paused_until": FieldClass.ADMINISTRATIVE,
        "stopped": FieldClass.ADMINISTRATIVE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "person"], name="messaging_contract_one_a_person"),
            known("channel", By, "messaging_contract_channel_is_known"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="messaging_contract_quiet_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=ReminderKind.values), name="messaging_contract_kinds_are_known"
            ),
            models.CheckConstraint(condition=Q(most_a_week__range=(1, 14)), name="messaging_contract_most_is_fair"),
        ]


class Reminder(models.Model):
    """That one reminder is due to one person, once. What comes of it is decided when it is to leave (REM-4).

    `not_before` moves when it falls into a quiet time; `tries` counts how often it was put out. Written by the
    functions of the database alone.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    client_id = models.UUIDField()
    practice_id = models.UUIDField()
    person = a_person()
    kind = models.TextField(choices=ReminderKind.choices)
    subject_id = models.UUIDField()
    due_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.TextField(choices=ReminderState.choices, default=ReminderState.DUE)
    why = models.TextField(blank=True, default="")
    channel = models.TextField(choices=By.choices, blank=True, default="")
    tries = models.IntegerField(default=0)
    changed_at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "kind": FieldClass.ADMINISTRATIVE,
        "subject_id": FieldClass.SAFE,
        "due_at": FieldClass.ADMINISTRATIVE,
        "not_before": FieldClass.ADMINISTRATIVE,
        "state": FieldClass.ADMINISTRATIVE,
        "why": FieldClass.ADMINISTRATIVE,
        "channel": FieldClass.ADMINISTRATIVE,
        "tries": FieldClass.SAFE,
        "changed_at": FieldClass.SAFE,
    }

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="due"), name="messaging_reminder_due"),
            models.Index(fields=["client_id", "state"], name="messaging_reminder_of_client"),
            models.Index(fields=["person", "changed_at"], name="messaging_reminder_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client_id", "person", "kind", "subject_id", "due_at"], name="messaging_reminder_is_one"
            ),
            known("state", ReminderState, "messaging_reminder_state_is_known"),
            known("kind", ReminderKind, "messaging_reminder_kind_is_known"),
            models.CheckConstraint(condition=Q(why__regex="^[a-z_]{0,40}$"), name="messaging_reminder_why_is_a_code"),
        ]

    def __str__(self) -> str:
        return str(self.id)
