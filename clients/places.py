"""Where a client lives: a country and its clock, from the time zone database's own lists."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("places.json")


@cache
def countries() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each country's code with its name and its time zones, by name."""
    read = json.loads(LIST.read_text(encoding="utf-8"))["countries"]
    return {code: (about["name"], tuple(about["zones"])) for code, about in read.items()}


def is_a_place(country: str, time_zone: str) -> bool:
    """Says whether this clock runs in this country."""
    return country in countries() and time_zone in countries()[country][1]


def place_name(country: str, time_zone: str) -> str:
    """A place as people say it: “London, United Kingdom”."""
    city = time_zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{city}, {countries()[country][0]}" if country in countries() else city


def grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every place for a select, by country: value “GB Europe/London”, label “London”."""
    return [
        (name, [(f"{code} {zone}", zone.split("/", 1)[-1].replace("_", " ")) for zone in zones])
        for code, (name, zones) in countries().items()
    ]
