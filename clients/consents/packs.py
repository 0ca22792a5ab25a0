"""Policy packs: what a country, or nobody in particular, asks of consents (CONS-7). Versioned data, checked when read.

A pack is a draft until somebody local has reviewed it, and says so on every page. Changing one changes what is asked
from then on: every consent keeps the very text it was given under.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from clients.models.consent import THIRD_PARTIES, ConsentKind

FOLDER = Path(__file__).with_name("packs")
SCHEMA = "careplan.policy_pack/1"
MOST_ON_THE_FIRST_DAY = 5


class NotAPack(ValueError):
    """A pack's file lacks something or holds something that it can't."""


@dataclass(frozen=True)
class LegalGround:
    """A ground other than consent on which something may be told, as a pack names it."""

    key: str
    basis: str
    words: str


@dataclass(frozen=True)
class ConsentText:
    """The words of one kind of consent, in a version. `parts` are its elements by name."""

    kind: ConsentKind
    version: str
    classes: tuple[str, ...]
    parts: Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Pack:
    """What a practice in one country asks, how long things are kept, and in which words."""

    key: str
    version: str
    country: str
    jurisdiction: str
    language: str
    review: str
    checked_on: date
    sources: tuple[str, ...]
    review_interval_months: int
    initial_due_days: int
    required_signers: str
    decline_needs_reason: bool
    participation_age: int
    retention_years: int
    access_days: int
    amendment_days: int
    longest_release_months: int
    first_day: tuple[ConsentKind, ...]
    notices: tuple[ConsentKind, ...]
    required_elements: Mapping[str, tuple[str, ...]]
    legal_grounds: tuple[LegalGround, ...]
    texts: Mapping[ConsentKind, ConsentText]

    @property
    def name(self) -> str:
        """Which pack in which version: what a consent is kept with."""
        return f"{self.key}.{self.version}"

    def elements_of(self, kind: ConsentKind) -> tuple[str, ...]:
        """What a consent of this kind has to say before it can be offered (CONS-6)."""
        return self.required_elements[""] + self.required_elements.get(kind, ())

    def ground(self, key: str) -> LegalGround | None:
        """A ground by its key."""
        return next((each for each in self.legal_grounds if each.key == key), None)


@cache
def packs() -> dict[str, Pack]:
    """Every pack, by the country it is for; the one for nobody in particular under no country. Raises NotAPack."""
    read = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    made = [made_pack({**read.get(data.get("extends", ""), {}), **data}, read) for data in read.values()]
    return {pack.country: pack for pack in made}


def pack_for(practice_country: str, client_country: str) -> Pack:
    """The pack of the practice's country; where the client lives elsewhere, with the stricter of both (CONS-7)."""
    known = packs()
    here, there = known.get(practice_country, known[""]), known.get(client_country, known[""])
    return here if here == there else stricter(here, there)


def stricter(here: Pack, there: Pack) -> Pack:
    """The first pack with, in each thing about privacy, whichever of both asks for more or allows less."""
    elements = {
        kind: tuple(dict.fromkeys((*here.required_elements.get(kind, ()), *there.required_elements.get(kind, ()))))
        for kind in {*here.required_elements, *there.required_elements}
    }
    changed: dict[str, Any] = {
        name: min(getattr(here, name), getattr(there, name))
        for name in (
            "review_interval_months",
            "initial_due_days",
            "participation_age",
            "access_days",
            "amendment_days",
            "longest_release_months",
        )
    }
    changed["decline_needs_reason"] = here.decline_needs_reason and there.decline_needs_reason
    changed["notices"] = tuple(kind for kind in here.notices if kind in there.notices)
    changed["required_elements"] = elements
    return Pack(**{**{each.name: getattr(here, each.name) for each in fields(here)}, **changed})


def notices_by_country() -> dict[str, list[str]]:
    """What goes on within a practice as a notice, by country: what the database's decision falls back on."""
    return {country: [str(kind) for kind in pack.notices] for country, pack in packs().items()}


def made_pack(data: Mapping[str, Any], every: Mapping[str, Any]) -> Pack:
    """The pack in a file's data, laid over the one it extends. Raises NotAPack."""
    base = every.get(data.get("extends", ""), {})
    try:
        pack = _pack(data, {**base.get("texts", {}), **data["texts"]})
    except (KeyError, TypeError, ValueError) as error:
        raise NotAPack(f"{data.get('key', 'a pack')}: {error!r}") from error
    _ensure_whole(pack, str(data.get("schema")))
    return pack


def _pack(data: Mapping[str, Any], texts: Mapping[str, Any]) -> Pack:
    made: dict[str, Any] = {each.name: data[each.name] for each in fields(Pack)}
    made |= {
        "checked_on": date.fromisoformat(data["checked_on"]),
        "sources": tuple(data["sources"]),
        "first_day": tuple(map(ConsentKind, data["first_day"])),
        "notices": tuple(map(ConsentKind, data["notices"])),
        "required_elements": {kind: tuple(names) for kind, names in data["required_elements"].items()},
        "legal_grounds": tuple(LegalGround(**ground) for ground in data["legal_grounds"]),
        "texts": {ConsentKind(kind): _text(ConsentKind(kind), text) for kind, text in texts.items()},
    }
    return Pack(**made)


def _text(kind: ConsentKind, data: Mapping[str, Any]) -> ConsentText:
    parts = {name: words for name, words in data.items() if name not in ("version", "classes")}
    return ConsentText(kind, data["version"], tuple(data.get("classes", ())), parts)


def _ensure_whole(pack: Pack, schema: str) -> None:
    faults = {
        "another schema": schema != SCHEMA,
        "too much on the first day": len(pack.first_day) > MOST_ON_THE_FIRST_DAY,
        "a third party as a notice": bool(THIRD_PARTIES & set(pack.notices)),
        "no word about local review": "local review" not in pack.review,
        "no sources": not pack.sources,
        "no elements for every kind": not pack.required_elements.get(""),
        "a first-day kind without words": bool(set(pack.first_day) - {ConsentKind.LIMITS} - set(pack.texts)),
        "an unknown kind among the elements": bool(set(pack.required_elements) - {"", *ConsentKind.values}),
        "an unknown ground": any(each.basis not in ("law", "emergency") for each in pack.legal_grounds),
    }
    for fault, there in faults.items():
        if there:
            raise NotAPack(f"{pack.key}: {fault}")
