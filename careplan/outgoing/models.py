"""What is to leave, and what left: identity tier, since an address belongs to a person and says nothing of a record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from careplan.fields.classes import FieldClass
from careplan.fields.encrypted import EncryptedBytesField
from careplan.ids import uuid7


class Channel(models.TextChoices):
    """How something leaves."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"


class OutgoingState(models.TextChoices):
    """How far it is."""

    DUE = "due", "Waiting"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"
    CANCELLED = "cancelled", "Not sent: not wanted any more"


class Outgoing(models.Model):
    """One message to one address. Its words are its kind's; what it carries is sealed, and gone once it was sent.

    `key` makes it exactly one, however often it is asked for. `claimed_until` is the lease of the worker that has it;
    `handed_at` says that it was about to hand it over: whoever finds that and nothing after can't know whether it left.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    kind = models.TextField()
    channel = models.TextField(choices=Channel.choices)
    key = models.TextField(unique=True)
    carries = EncryptedBytesField(null=True)
    state = models.TextField(choices=OutgoingState.choices, default=OutgoingState.DUE)
    why = models.TextField(blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "person_id": FieldClass.SAFE,
        "kind": FieldClass.ADMINISTRATIVE,
        "channel": FieldClass.ADMINISTRATIVE,
        "key": FieldClass.SAFE,
        "carries": FieldClass.IDENTIFYING,
        "state": FieldClass.ADMINISTRATIVE,
        "why": FieldClass.ADMINISTRATIVE,
        "attempts": FieldClass.SAFE,
        "made_at": FieldClass.SAFE,
        "due_at": FieldClass.SAFE,
        "claimed_until": FieldClass.SAFE,
        "handed_at": FieldClass.SAFE,
        "settled_at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "careplan_outgoing"
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="due"), name="careplan_outgoing_due"),
            models.Index(fields=["practice_id", "state"], name="careplan_outgoing_of_practice"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="careplan_outgoing_channel_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=OutgoingState.values), name="careplan_outgoing_state_is_known"
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("made_at")), name="careplan_outgoing_due_is_not_before"),
            models.CheckConstraint(
                condition=Q(state="due", settled_at=None) | (~Q(state="due") & Q(settled_at__isnull=False)),
                name="careplan_outgoing_settled_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(why__regex="^[a-z_]{0,40}$"), name="careplan_outgoing_why_is_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Recorded(models.Model):
    """What the recording gateway was given: the demo's outbox, and what tests look into. Never used for real people."""

    message_id = models.UUIDField(primary_key=True, editable=False)
    channel = models.TextField(choices=Channel.choices)
    address = models.TextField()
    sender = models.TextField()
    subject = models.TextField(blank=True, default="")
    body = models.TextField()
    headers = models.JSONField(default=dict)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "message_id": FieldClass.SAFE,
        "channel": FieldClass.ADMINISTRATIVE,
        "address": FieldClass.IDENTIFYING,
        "sender": FieldClass.ADMINISTRATIVE,
        "subject": FieldClass.ADMINISTRATIVE,
        "body": FieldClass.ADMINISTRATIVE,
        "headers": FieldClass.ADMINISTRATIVE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "careplan_outgoing_recorded"

    def __str__(self) -> str:
        return str(self.message_id)
