"""The kinds of field that billing reads and writes: codes, numbers, days, hashes. None takes prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from rest_framework import serializers

from careplan.canonical import UNWRITABLE
from plans.models.billing import CODE, OPTIONAL_CODE


class Strict(serializers.Serializer[Any]):
    """An object with exactly these fields: one more is an error, not something to ignore."""

    def to_internal_value(self, data: Any) -> Any:
        """The checked input. Raises ValidationError for a field that is not known."""
        if isinstance(data, Mapping):
            unknown = sorted(str(name) for name in set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: ["unknown"] for name in unknown}, code="unknown")
        return super().to_internal_value(data)


class Code(serializers.RegexField):
    """A code or number of somebody's list."""

    def __init__(self, *, optional: bool = False, **kwargs: Any) -> None:
        pattern = OPTIONAL_CODE if optional else CODE
        super().__init__(pattern, max_length=40, allow_blank=optional, trim_whitespace=False, **kwargs)


class Hash(serializers.RegexField):
    """A sha256 in hex."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("^[0-9a-f]{64}$", **kwargs)


class Known(serializers.ChoiceField):
    """One of the known words."""

    def __init__(self, choices: type[TextChoices], **kwargs: Any) -> None:
        super().__init__(choices=[str(value) for value in choices.values], **kwargs)


class Money(serializers.DecimalField):
    """An amount with two decimals, as a string."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=9, decimal_places=2, min_value=0, **kwargs)


class Name(serializers.CharField):
    """A name or address as a claim has to say it: identifying, never clinical."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, allow_blank=True, **kwargs)


def writable(text: str) -> bool:
    """Says whether the database can keep every character."""
    return not UNWRITABLE.search(text)
