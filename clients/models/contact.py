"""How a client wants to be reached, and how not (CLIENT-2): the contact class."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from clients.models.client import beside_client


class Contact(models.Model):
    """One client's channels, addresses and rules. A channel counts only when the client said yes to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = beside_client("contact")
    practice_id = models.UUIDField(editable=False)
    phone = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
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
    care_with = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "phone": FieldClass.IDENTIFYING,
        "email": FieldClass.IDENTIFYING,
        "address": FieldClass.IDENTIFYING,
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
        "care_with": FieldClass.IDENTIFYING,
        "changed_at": FieldClass.ADMINISTRATIVE,
        "changed_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_contact"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="clients_contact_quiet_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(call_ok=False, voicemail_ok=False, text_ok=False) | ~Q(phone=""),
                name="clients_contact_calls_need_a_phone",
            ),
            models.CheckConstraint(
                condition=Q(email_ok=False) | ~Q(email=""), name="clients_contact_mail_needs_an_address"
            ),
            models.CheckConstraint(
                condition=Q(post_ok=False) | ~Q(address=""), name="clients_contact_post_needs_an_address"
            ),
        ]

    def __str__(self) -> str:
        return str(self.client_id)
