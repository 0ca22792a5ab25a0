"""What a front desk may know of reaching somebody: the rules, and what was allowed, without where or why (ACC-12)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from clients.models.client import beside_client
from clients.models.consent import ConsentKind, ConsentState, Effect

CHANNEL_KINDS = (ConsentKind.TEXTS, ConsentKind.EMAIL, ConsentKind.CALENDAR, ConsentKind.PORTAL_MESSAGES)


class ContactCard(models.Model):
    """The contact rules of one client (directory tier, by job): no address, no number, no words.

    A projection: a trigger on `clients_contact` writes it in the transaction of the change; nobody else can.
    """

    client = beside_client("contact_card", primary_key=True)
    practice_id = models.UUIDField(editable=False)
    call_ok = models.BooleanField(default=False)
    voicemail_ok = models.BooleanField(default=False)
    text_ok = models.BooleanField(default=False)
    email_ok = models.BooleanField(default=False)
    post_ok = models.BooleanField(default=False)
    discreet = models.BooleanField(default=False)
    shared_phone = models.BooleanField(default=False)
    do_not_contact = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    most_a_week = models.PositiveSmallIntegerField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "client": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "call_ok": FieldClass.ADMINISTRATIVE,
        "voicemail_ok": FieldClass.ADMINISTRATIVE,
        "text_ok": FieldClass.ADMINISTRATIVE,
        "email_ok": FieldClass.ADMINISTRATIVE,
        "post_ok": FieldClass.ADMINISTRATIVE,
        "discreet": FieldClass.ADMINISTRATIVE,
        "shared_phone": FieldClass.ADMINISTRATIVE,
        "do_not_contact": FieldClass.ADMINISTRATIVE,
        "quiet_from": FieldClass.ADMINISTRATIVE,
        "quiet_until": FieldClass.ADMINISTRATIVE,
        "most_a_week": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_contact_card"

    def __str__(self) -> str:
        return str(self.client_id)


class ChannelState(models.Model):
    """How the consent to one channel stands (directory tier, by job): a code and its dates, nothing of its terms.

    A projection: a trigger on `clients_consent` writes it. Whether it counts at this moment is asked when it is read.
    """

    pk = models.CompositePrimaryKey("client_id", "kind")
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    kind = models.TextField(choices=[(kind.value, kind.label) for kind in CHANNEL_KINDS])
    effect = models.TextField(choices=Effect.choices)
    state = models.TextField(choices=ConsentState.choices)
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "kind": FieldClass.ADMINISTRATIVE,
        "effect": FieldClass.ADMINISTRATIVE,
        "state": FieldClass.ADMINISTRATIVE,
        "starts_at": FieldClass.ADMINISTRATIVE,
        "until": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_channel_state"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in CHANNEL_KINDS]),
                name="clients_channel_state_kind_is_a_channel",
            ),
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="clients_channel_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
