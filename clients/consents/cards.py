"""The limits-of-confidentiality cards: short texts, kept as data, each with the hash of the words that are shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from careplan.canonical import canonical_json, sha256_hex
from clients.models import ToldFirst

FILE = Path(__file__).with_name("limits_cards.json")


@dataclass(frozen=True)
class LimitsCard:
    """One card: what would be shared, with whom, and whether the client is told first."""

    key: str
    title: str
    shares: str
    with_whom: str
    told_first: ToldFirst
    told_first_words: str
    text: str
    sha256: str


@dataclass(frozen=True)
class CardTexts:
    """A version of the cards in the language they are shown in."""

    version: str
    language: str
    review: str
    title: str
    again_after_months: int
    cards: tuple[LimitsCard, ...]
    sha256: str


@cache
def card_texts() -> CardTexts:
    """The cards as they are now, in their order."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    cards = tuple(_card(card, version=read["version"], language=read["language"]) for card in read["cards"])
    return CardTexts(
        version=read["version"],
        language=read["language"],
        review=read["review"],
        title=read["title"],
        again_after_months=read["again_after_months"],
        cards=cards,
        sha256=sha256_hex("\n".join(card.sha256 for card in cards)),
    )


def current_cards() -> dict[str, LimitsCard]:
    """The cards by their key."""
    return {card.key: card for card in card_texts().cards}


def _card(card: dict[str, str], *, version: str, language: str) -> LimitsCard:
    said = {**card, "schema": "careplan.limits_card/1", "version": version, "language": language}
    text = canonical_json(said)
    return LimitsCard(
        key=card["key"],
        title=card["title"],
        shares=card["shares"],
        with_whom=card["with_whom"],
        told_first=ToldFirst(card["told_first"]),
        told_first_words=card["told_first_words"],
        text=text,
        sha256=sha256_hex(text),
    )
