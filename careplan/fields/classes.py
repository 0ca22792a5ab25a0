"""What each stored field is about (ACC-9).

Every model of ours says it in one place, ``FIELD_CLASSES``. De-identified views, billing views, logs and exports
take their allow-lists from here, so a field nobody thought about is in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import TextChoices


class FieldClass(TextChoices):
    """Who a field could give away, and how much."""

    IDENTIFYING = "identifying", "Identifying: says who somebody is"
    CLINICAL = "clinical", "Clinical: says how somebody is, or what they want"
    ADMINISTRATIVE = "administrative", "Administrative: how the practice runs"
    SAFE = "safe", "Safe: an id, a time, a code or a count, fit for a log"


class UnclassifiedField(LookupError):
    """A stored field has no class yet."""


def field_class(model: type[models.Model], field: str) -> FieldClass:
    """Returns the class of a stored field; raises UnclassifiedField when its model does not say."""
    classes = declared_classes(model)
    if field not in classes:
        raise UnclassifiedField(f"{model._meta.label}.{field} has no field class")
    return classes[field]


def declared_classes(model: type[models.Model]) -> Mapping[str, FieldClass]:
    """Returns what a model declares about its fields: field name to class."""
    declared: Mapping[str, FieldClass] = getattr(model, "FIELD_CLASSES", {})
    return declared


def stored_fields(model: type[models.Model]) -> list[str]:
    """Returns the names of the model's fields that have a column."""
    return [field.name for field in model._meta.local_concrete_fields]


def unclassified_fields(model: type[models.Model]) -> list[str]:
    """Returns the model's stored fields that have no class, in the order of their columns."""
    classes = declared_classes(model)
    return [name for name in stored_fields(model) if name not in classes]


def classes_without_field(model: type[models.Model]) -> list[str]:
    """Returns names that are classified but are no longer a field of the model."""
    fields = set(stored_fields(model))
    return sorted(name for name in declared_classes(model) if name not in fields)
