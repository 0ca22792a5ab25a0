"""One way to write words and documents down, so that the same words always give the same bytes (PLAN-5f)."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from careplan.errors import Refused

UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
LARGEST = 2**53 - 1
SALT_BYTES = 16


class NotCanonical(ValueError):
    """A document holds something that has no one way to be written."""


def clean_text(words: str) -> str:
    """Returns the words as they are kept: NFC, `\\n`, nothing trailing. Raises Refused for NUL or half a letter."""
    if UNWRITABLE.search(words):
        from django.utils.translation import gettext as _  # whoever checks a bundle has no Django

        raise Refused(_("There is a character in this text that can’t be kept. Please type it again without it."))
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    normal = unicodedata.normalize("NFC", lines)
    return "\n".join(line.rstrip() for line in normal.split("\n")).rstrip()


def canonical_json(document: Mapping[str, Any]) -> str:
    """Returns the one text of a document: keys sorted, compact, no nulls. Raises NotCanonical.

    Strings, integers, booleans, lists and mappings; dates, decimals and ids become strings, times UTC with
    milliseconds. A document says its `schema`.
    """
    if not isinstance(document.get("schema"), str) or not document["schema"]:
        raise NotCanonical("a hashed document says its schema")
    return json.dumps(_plain(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> Any:
    """Returns a value as it stands in a canonical document: what jsonb keeps beside the text."""
    return _plain(value)


def stamp(at: datetime) -> str:
    """Returns a moment in UTC with fixed milliseconds: 2026-05-04T14:12:00.250Z."""
    if at.tzinfo is None:
        raise NotCanonical("a time without a zone could be any of two dozen")
    utc = at.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def sha256_hex(text: str) -> str:
    """Returns the sha256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Salted:
    """A document with its random bytes: the text that is hashed, the salt in it, and the hash."""

    text: str
    salt: str
    sha256: str


def salted_hash(document: Mapping[str, Any], *, salt: str | None = None) -> Salted:
    """Returns the document's text with 16 random bytes in it and its sha256, which then gives nothing away (PLAN-8)."""
    salt = salt or secrets.token_hex(SALT_BYTES)
    text = canonical_json({**document, "salt": salt})
    return Salted(text=text, salt=salt, sha256=sha256_hex(text))


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return _plain(value.value)
        case Mapping():
            return {_key(key): _plain(each) for key, each in value.items() if each is not None}
        case list() | tuple():
            return [_plain(each) for each in value]
    for kind, write in WRITERS:
        if isinstance(value, kind):
            return write(value)
    raise NotCanonical(f"{type(value).__name__} has no one way to be written")


def _writable(words: str) -> str:
    if UNWRITABLE.search(words) or "\r" in words or not unicodedata.is_normalized("NFC", words):
        raise NotCanonical("text comes into a document through clean_text")
    return str.__str__(words)


def _key(key: object) -> str:
    if not isinstance(key, str) or not key.isascii() or "\x00" in key:
        raise NotCanonical("keys are plain words")
    return key


def _exact(number: int) -> int:
    if abs(number) > LARGEST:
        raise NotCanonical("a number this large is read differently elsewhere")
    return int(number)


def _decimal(number: Decimal) -> str:
    if not number.is_finite():
        raise NotCanonical("a decimal is a number")
    return format(number, "f")


# In this order: a bool is an int, a datetime is a date.
WRITERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (bool, bool),
    (str, _writable),
    (int, _exact),
    (datetime, stamp),
    (date, date.isoformat),
    (Decimal, _decimal),
    (UUID, str),
)
