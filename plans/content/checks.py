"""Small checks that every content shares: what is wrong, field by field, in sentences."""

from __future__ import annotations

from careplan.errors import Refused


class ContentRefused(Refused):
    """Something in a content can't stand; `fields` says what, by field, for the form to show."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(dict.fromkeys(fields.values())))
        self.fields = fields


def between(value: int | None, low: int, high: int) -> bool:
    """Says whether a number is absent or within its bounds."""
    return value is None or low <= value <= high


def refuse_if(problems: dict[str, str | None]) -> None:
    """Raises ContentRefused with the fields that have a sentence."""
    found = {field: sentence for field, sentence in problems.items() if sentence}
    if found:
        raise ContentRefused(found)


def said(condition: bool, sentence: str) -> str | None:
    """Returns the sentence when something is wrong."""
    return sentence if condition else None
