"""Identifiers made in Python, so that a row is known before it is written."""

from __future__ import annotations

import os
import time
from uuid import UUID

NANOSECONDS_A_MILLISECOND = 1_000_000


def uuid7() -> UUID:
    """Returns a new version 7 UUID: milliseconds since 1970, then their fraction, then 62 random bits.

    The fraction (RFC 9562, section 6.2, method 3) keeps ids in the order of their making down to 244 ns.
    """
    milliseconds, rest = divmod(time.time_ns(), NANOSECONDS_A_MILLISECOND)
    fraction = (rest << 12) // NANOSECONDS_A_MILLISECOND
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=(milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | random)
