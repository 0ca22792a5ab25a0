"""The names of the documents in a bundle. Their shape is for ever; nothing here needs Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from careplan.canonical import canonical_json, sha256_hex

BUNDLE = "careplan.plan-bundle/1"
BODY = "careplan.plan-bundle-body/1"
PART = "careplan.plan-bundle-part/1"
SEAL = "careplan.plan-bundle-seal/1"


def parts_of(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yields each part of a body with its name, a plan's parts one by one: what the seal counts and names."""
    for key in sorted(body):
        if key != "plans":
            yield key, body[key]
            continue
        for number, plan in enumerate(body[key], start=1):
            yield from ((f"plan {number}: {part}", plan[part]) for part in sorted(plan))


def part_hash(name: str, value: Any) -> str:
    """Returns the hash of one part under its own name, so that two parts can't change places."""
    return sha256_hex(canonical_json({"schema": PART, "name": name, "value": value}))


def seal_text(*, at: str, parts: list[list[str]]) -> str:
    """Returns the text that is sealed: every part's name and hash, in order."""
    return canonical_json({"schema": SEAL, "at": at, "parts": parts})
