"""API clients and what they sent once: the identity tier, without a client's name or words."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careplan.accounts.models import Practice
from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from careplan.software.scopes import Scope


class ApiClient(models.Model):
    """A recipient's software in one practice. When it may act lies with the guard (`guard.api_client`, the same id)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="api_clients")
    application = models.OneToOneField(
        "oauth2_provider.Application", on_delete=models.PROTECT, related_name="api_client"
    )
    label = models.TextField()
    scopes = ArrayField(models.TextField())
    jwks = models.JSONField(null=True)
    jwks_url = models.TextField(blank=True, default="")
    last_used_at = models.DateTimeField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "application": FieldClass.SAFE,
        "label": FieldClass.ADMINISTRATIVE,
        "scopes": FieldClass.SAFE,
        "jwks": FieldClass.ADMINISTRATIVE,
        "jwks_url": FieldClass.ADMINISTRATIVE,
        "last_used_at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="careplan_apiclient_has_a_label"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values) & ~Q(scopes=[]),
                name="careplan_apiclient_scopes_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SentOnce(models.Model):
    """A request that made something, by its idempotency key: what it made, never what it said (API-4)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    api_client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="+")
    route = models.TextField()
    key_digest = models.TextField()
    fingerprint = models.TextField()
    object_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "api_client": FieldClass.SAFE,
        "route": FieldClass.SAFE,
        "key_digest": FieldClass.SAFE,
        "fingerprint": FieldClass.SAFE,
        "object_id": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "careplan_sent_once"
        constraints = [
            models.UniqueConstraint(fields=["api_client", "route", "key_digest"], name="careplan_sent_once_by_one_key")
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.id}"
