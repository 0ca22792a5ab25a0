"""The words a consent is asked in: the pack's text about this one, as a document that is hashed (CONS-1, CONS-6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from careplan.canonical import canonical_json, sha256_hex
from careplan.errors import Refused
from clients.consents.packs import ConsentText, Pack
from clients.models.consent import ConsentKind

ELEMENT_WORDS = {
    "what": "what would be shared",
    "why": "what it is for",
    "until": "a day on which it ends",
    "ends": "a day on which it ends",
    "to_whom": "to whom",
    "title": "to whom",
    "ask": "to whom",
    "authority": "on what authority it is given",
}


MORE = ("from_whom", "right", "redisclosure", "policy_holder", "copy")


@dataclass(frozen=True)
class About:
    """What one consent is about, where its text leaves a place for it."""

    recipient: str = ""
    what: str = ""
    purpose: str = ""
    last_day: date | None = None
    authority: str = ""
    scope: tuple[str, ...] = ()

    @property
    def places(self) -> dict[str, str]:
        """The words for each place in a text."""
        day = date_format(self.last_day, "F j, Y") if self.last_day else ""
        return {
            "recipient": self.recipient,
            "what": self.what,
            "purpose": self.purpose,
            "until": day,
            "authority": self.authority,
        }


@dataclass(frozen=True)
class Shown:
    """A consent's text as it is shown and kept: the canonical text, its hash, its version and language."""

    text: str
    sha256: str
    version: str
    language: str
    pack: str


@dataclass(frozen=True)
class TextParts:
    """A consent's text for a page, from the very words that were kept."""

    title: str
    ask: str
    what: str
    to_whom: str
    why: str
    until: str
    if_no: str
    stops: tuple[str, ...]
    goes_on: tuple[str, ...]
    cannot_undo: tuple[str, ...]
    more: tuple[str, ...]


def compose(pack: Pack, kind: ConsentKind, about: About) -> Shown:
    """The text as it will be shown. Raises Refused when an element that the pack requires is missing (CONS-6)."""
    text = pack.texts.get(kind)
    if text is None:
        raise Refused(_("There are no words for this kind of consent yet, so it can’t be asked."))
    said = {name: _filled(words, about.places) for name, words in text.parts.items()}
    _ensure_complete(pack, kind, said)
    written = canonical_json(
        {
            **{name: words for name, words in said.items() if words},
            "schema": "careplan.consent_text/1",
            "kind": kind,
            "pack": pack.name,
            "version": text.version,
            "language": pack.language,
            "review": pack.review,
            "scope": list(about.scope),
        }
    )
    return Shown(written, sha256_hex(written), text.version, pack.language, pack.name)


def parts_of(text_shown: str) -> TextParts:
    """The parts of a text that was kept."""
    said = json.loads(text_shown) if text_shown else {}
    words = {name: said.get(name, "") for name in ("title", "ask", "what", "to_whom", "why", "until", "if_no")}
    more = tuple(said[name] for name in MORE if said.get(name))
    stops, goes_on, cannot_undo = (tuple(said.get(name, ())) for name in ("stops", "goes_on", "cannot_undo"))
    return TextParts(**words, stops=stops, goes_on=goes_on, cannot_undo=cannot_undo, more=more)


def text_of(pack: Pack, kind: ConsentKind) -> ConsentText | None:
    """The pack's words for a kind, or None."""
    return pack.texts.get(kind)


def _filled(words: str | list[str], places: Mapping[str, str]) -> str | list[str]:
    """The words with their places filled; nothing at all where a place has nothing to fill it."""
    if isinstance(words, list):
        return [filled for each in words if (filled := _line(each, places))]
    return _line(words, places)


def _line(words: str, places: Mapping[str, str]) -> str:
    for place, filling in places.items():
        if "{" + place + "}" in words:
            if not filling:
                return ""
            words = words.replace("{" + place + "}", filling)
    return words


def _ensure_complete(pack: Pack, kind: ConsentKind, said: Mapping[str, str | list[str]]) -> None:
    missing = [name for name in pack.elements_of(kind) if not said.get(name)]
    if missing:
        wanted = list(dict.fromkeys(ELEMENT_WORDS.get(name, name.replace("_", " ")) for name in missing))
        raise Refused(f"This can’t be asked yet. It lacks: {', '.join(wanted)}.")
