"""Reading the environment: values, secrets from files, addresses. Nothing has a default that would be a secret."""

from __future__ import annotations

import base64
import binascii
import os
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from careplan.env import required


class Mode(StrEnum):
    """What this process serves: real people, invented ones, or the tests."""

    LIVE = "live"
    DEMO = "demo"
    TEST = "test"


def mode() -> Mode:
    """Returns the mode from CAREPLAN_MODE; without it the program is live, with every protection on."""
    named = os.environ.get("CAREPLAN_MODE", Mode.LIVE)
    try:
        return Mode(named)
    except ValueError as unknown:
        raise ImproperlyConfigured(f"CAREPLAN_MODE is {named!r}; it can be live, demo or test") from unknown


def field_keys() -> dict[str, bytes]:
    """Returns the field encryption keys by id, the one that encrypts first: `id:base64`, separated by blanks."""
    keys = dict(_field_key(entry) for entry in required("FIELD_KEYS").replace(",", " ").split())
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS holds no key")
    return keys


def _field_key(entry: str) -> tuple[str, bytes]:
    key_id, _, encoded = entry.partition(":")
    try:
        return key_id, base64.b64decode(encoded, validate=True)
    except binascii.Error as broken:
        raise ImproperlyConfigured("FIELD_KEYS holds an entry that is not id:base64") from broken


def words(name: str, default: str = "") -> list[str]:
    """Returns a list from NAME, separated by blanks or commas."""
    return os.environ.get(name, default).replace(",", " ").split()


def number(name: str, default: int) -> int:
    """Returns a whole number from NAME."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError as broken:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number") from broken


def database(address: str) -> dict[str, object]:
    """Returns Django's description of the database at a postgresql:// address."""
    parts = dict(conninfo_to_dict(address))
    known = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    described: dict[str, object] = {key: str(parts.pop(part, "") or "") for key, part in known.items()}
    return {"ENGINE": "django.db.backends.postgresql", **described, "OPTIONS": parts}
