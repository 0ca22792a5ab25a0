"""Identifiers made in Python, so that a row is known before it is written."""

from __future__ import annotations

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Returns a new version 7 UUID: milliseconds since 1970 first, 74 random bits after (RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    high = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    version_and_a = (0x7 << 76) | ((random >> 62 & 0xFFF) << 64)
    variant_and_b = (0b10 << 62) | (random & 0x3FFF_FFFF_FFFF_FFFF)
    return UUID(int=high | version_and_a | variant_and_b)
