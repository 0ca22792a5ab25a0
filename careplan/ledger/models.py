"""The key that seals both ledgers: the installation's own, apart from every practice's (AUD-1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from careplan.fields.classes import FieldClass
from careplan.fields.encrypted import EncryptedBytesField
from careplan.ids import uuid7


class InstallationKey(models.Model):
    """The Ed25519 key that this installation seals its ledgers with; the public half is kept for ever (AUTH-4)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    public_key = models.BinaryField()
    private_key = EncryptedBytesField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "public_key": FieldClass.SAFE,
        "private_key": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.SAFE,
        "retired_at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(True), condition=Q(retired_at=None), name="careplan_installationkey_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
