"""The public keys inside a bundle, and what they sealed."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careplan.signing import verify_seal

RAW = 32


class Broken(Exception):
    """The first link that does not hold, in words."""


@dataclass(frozen=True)
class Keys:
    """Public keys by id, each with the days it was used."""

    public: Mapping[str, bytes]
    dates: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> Keys:
        """Returns the keys of a bundle; raises Broken for one that is none."""
        public = {row["id"]: _raw(row) for row in rows}
        if len(public) != len(rows) or not rows:
            raise Broken("The keys: there is none, or one stands twice.")
        return cls(public, {row["id"]: (row["made_at"], row.get("retired_at", "")) for row in rows})

    def lines(self) -> tuple[str, ...]:
        """Returns each key's fingerprint and dates, to be compared with what the practice says."""
        return tuple(f"{fingerprint(key)}  {_dates(*self.dates[name])}" for name, key in self.public.items())

    def ensure_among(self, trusted: Sequence[str]) -> None:
        """Raises Broken when the reader knows the practice's keys and one of these is another."""
        unknown = [fingerprint(key) for key in self.public.values() if trusted and fingerprint(key) not in trusted]
        if unknown:
            raise Broken(f"The keys: {unknown[0]} is not one that you trust.")


def fingerprint(public: bytes) -> str:
    """Returns what people compare a key by."""
    return hashlib.sha256(public).hexdigest()


def sealed_by(keys: Keys, key_id: str, text: str, seal: str) -> bool:
    """Says whether one of these keys made this seal over exactly this text; a seal is written in one way only."""
    public = keys.public.get(key_id)
    if public is None or not _one_way(seal):
        return False
    return verify_seal(text, seal, public_key=public)


def _raw(row: Mapping[str, Any]) -> bytes:
    if not _one_way(row["public"]) or len(base64.b64decode(row["public"])) != RAW:
        raise Broken(f"The keys: {row['id']} is not a key.")
    return base64.b64decode(row["public"])


def _one_way(text: str) -> bool:
    """Says whether base64 is written the one way it should be: unused bits of the last letter are nought."""
    try:
        return base64.b64encode(base64.b64decode(text, validate=True)).decode("ascii") == text
    except (binascii.Error, ValueError):
        return False


def _dates(made_at: str, retired_at: str) -> str:
    return f"in use since {made_at[:10]}" if not retired_at else f"in use from {made_at[:10]} until {retired_at[:10]}"
