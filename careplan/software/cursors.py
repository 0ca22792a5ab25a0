"""Places in a list or in the feed, sealed: a reader can come back to one and learn nothing from it (API-5, BILL-4)."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from uuid import UUID

from careplan.fields.sealing import SealBroken, seal, unseal


class BadCursor(Exception):
    """This is no cursor of ours, or it belongs to another list or other software."""


def cursor(place: Any, *, of: str, for_software: UUID) -> str:
    """An opaque cursor; two for the same place differ."""
    sealed = seal(json.dumps(place).encode(), place=f"cursor.{of}.{for_software}")
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def place_of(text: str, *, of: str, for_software: UUID) -> Any:
    """The place a cursor names. Raises BadCursor."""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return json.loads(unseal(sealed, place=f"cursor.{of}.{for_software}"))
    except (SealBroken, ValueError, binascii.Error, IndexError) as broken:
        raise BadCursor from broken
