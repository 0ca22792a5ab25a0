"""On what ground a part of a note may be held back, by country: data, not rules in code (CONS-7)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("grounds.json")


@dataclass(frozen=True)
class Ground:
    """One ground, in words, and where it stands."""

    key: str
    label: str
    source: str = ""


@cache
def grounds_of(country: str) -> tuple[Ground, ...]:
    """The grounds of a country, or the careful ones that hold where nobody has written any down."""
    said = json.loads(FILE.read_text(encoding="utf-8"))["grounds"]
    return tuple(Ground(**each) for each in said.get(country, said[""]))
