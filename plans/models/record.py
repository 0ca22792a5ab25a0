"""What every row of a client's plan carries."""

from __future__ import annotations

from typing import Any

from django.db import models

from careplan.ids import uuid7


class RecordRow(models.Model):
    """A row of one client's record; the database keeps it under that client and shows it only when opened."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField()
    practice_id = models.UUIDField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


def a_person(*, null: bool = False) -> models.ForeignKey[Any, Any]:
    """A column that names a person."""
    return models.ForeignKey("careplan.Person", on_delete=models.PROTECT, related_name="+", null=null)


def within(to: str, *, related_name: str, null: bool = False) -> models.ForeignKey[Any, Any]:
    """A column that names another row of the same client; a composite key in the database holds it there."""
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name=related_name, null=null, db_constraint=False)


def who_and_when(who: str, when: str, name: str) -> models.CheckConstraint:
    """The rule that somebody's doing has its moment, and the other way round."""
    both = models.Q(**{f"{who}__isnull": False, f"{when}__isnull": False})
    neither = models.Q(**{f"{who}__isnull": True, f"{when}__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=name)


def known(column: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The rule that a column holds one of its known values."""
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": choices.values}), name=name)
