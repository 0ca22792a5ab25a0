"""Model fields whose column holds ciphertext that only its own row can read.

The row's primary key is part of what is authenticated, so a value copied to another row, column or table does not
decrypt. That is why ids are made in Python: the key must be known before the row is written.
"""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models.query_utils import DeferredAttribute

from careplan.fields.sealing import current_key_id, seal, sealing_key_id, unseal


class Sealed(bytes):
    """Ciphertext as it lies in the column."""


class _OpenedOnReading(DeferredAttribute):
    """Gives the plain value on first use; what was loaded and never looked at is never decrypted."""

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        held = instance.__dict__
        name = self.field.attname
        value = held[name] if name in held else super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = held[name] = cast(EncryptedBytesField, self.field).opened(value, instance)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedBytesField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes that are encrypted in the database; read and written as plain bytes through their row only."""

    descriptor_class = _OpenedOnReading

    def place(self, instance: models.Model) -> str:
        """Returns the name of the one cell this value belongs to: table, column, primary key."""
        if instance.pk is None:
            raise FieldError(f"{self.name} is bound to its row: give the row its id first")
        return f"{instance._meta.db_table}.{self.column}.{instance.pk}"

    def opened(self, sealed: Sealed, instance: models.Model) -> bytes | str:
        """Returns the plain value of a sealed one."""
        return self.from_plain_bytes(unseal(sealed, place=self.place(instance)))

    def from_plain_bytes(self, plain: bytes) -> bytes | str:
        """Returns the value as the program holds it."""
        return plain

    def to_plain_bytes(self, value: Any) -> bytes:
        """Returns the value as it is sealed."""
        return bytes(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Returns the column as it lies there; the row decrypts it when it is asked."""
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """Returns the ciphertext to be written, sealed for exactly this row."""
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        return Sealed(seal(self.to_plain_bytes(value), place=self.place(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Refuses anything but ciphertext: `update()` and lookups cannot know the row."""
        if value is not None and not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is encrypted: save it through its row")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        """Allows asking whether there is a value, and nothing else."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be searched")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        """Refuses to write the plain value into a dump."""
        raise FieldError(f"{self.name} is encrypted and is not serialised")


def encrypted_fields(model: type[models.Model]) -> list[EncryptedBytesField]:
    """Returns the model's encrypted fields."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, EncryptedBytesField)]


def rotate(model: type[models.Model]) -> int:
    """Seals every value of the model anew that an older key has sealed; returns how many rows changed.

    Run once per model after a new key was put first in FIELD_KEYS; afterwards the old key is no longer needed.
    """
    changed = 0
    for pk in model._base_manager.values_list("pk", flat=True).iterator():
        with transaction.atomic():
            row = model._base_manager.select_for_update(no_key=True).filter(pk=pk).first()
            stale = _stale_fields(row) if row else []
            if row and stale:
                row.save(update_fields=stale)
                changed += 1
    return changed


def _stale_fields(row: models.Model) -> list[str]:
    current = current_key_id()
    held = {field.name: row.__dict__.get(field.attname) for field in encrypted_fields(type(row))}
    return [name for name, value in held.items() if isinstance(value, Sealed) and sealing_key_id(value) != current]
