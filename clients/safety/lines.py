"""Crisis lines by country and kind, from data, with the truth about who tried them and when (SAFE-5)."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).with_name("crisis_lines.json")
STALE_AFTER = timedelta(days=180)


class Kind(StrEnum):
    """What a line is for."""

    ANY = "any"
    HOME = "home"
    CHILD = "child"
    SUBSTANCE = "substance"
    EMERGENCY = "emergency"


KIND_WORDS: dict[Kind, Promise] = {
    Kind.ANY: _("Anything"),
    Kind.HOME: _("Someone hurts me at home"),
    Kind.CHILD: _("A child"),
    Kind.SUBSTANCE: _("Drink or drugs"),
    Kind.EMERGENCY: _("An emergency"),
}


class Checked(StrEnum):
    """What we know of a line ourselves."""

    LATELY = "lately"
    NOT_LATELY = "not_lately"
    ONLY_SEEN = "only_seen"
    NOT_YET = "not_yet"


CHECKED_WORDS: dict[Checked, Promise] = {
    Checked.NOT_LATELY: _("Not checked by us lately"),
    Checked.ONLY_SEEN: _("Number seen by us, not called"),
    Checked.NOT_YET: _("Not checked by us yet"),
}


@dataclass(frozen=True)
class Country:
    """A country the data knows."""

    code: str
    name: str


@dataclass(frozen=True)
class Fallback:
    """Where to look when we know no line."""

    name: str
    about: str
    url: str


@dataclass(frozen=True)
class CrisisLine:
    """Somebody to talk to now. `call` and `text` are numbers as people write them; '' where there is none."""

    kind: Kind
    country: str
    name: str
    about: str
    call: str
    text: str
    chat: str
    hours: str
    languages: tuple[str, ...]
    seen: bool
    verified_on: date | None
    verified_by: str

    @property
    def dial(self) -> str:
        """What `tel:` wants."""
        return _digits(self.call)

    @property
    def text_to(self) -> str:
        """What `sms:` wants."""
        return _digits(self.text)

    @property
    def languages_spoken(self) -> str:
        """“English and Spanish”, or ''."""
        return " and ".join(self.languages)

    def checked(self, today: date) -> Checked:
        """How fresh our own check is; a check counts for 180 days."""
        if self.verified_on is None:
            return Checked.ONLY_SEEN if self.seen else Checked.NOT_YET
        return Checked.LATELY if today - self.verified_on <= STALE_AFTER else Checked.NOT_LATELY


@dataclass(frozen=True)
class Directory:
    """Everything the data file holds."""

    countries: tuple[Country, ...]
    lines: tuple[CrisisLine, ...]
    fallback: Fallback

    def country(self, code: str) -> Country | None:
        """The country with this code, or None when we know no line there."""
        return next((country for country in self.countries if country.code == code), None)

    def emergency(self, code: str) -> CrisisLine | None:
        """The emergency number of a country."""
        return next(iter(self._there(code, Kind.EMERGENCY)), None)

    def for_kind(self, code: str, kind: Kind) -> tuple[CrisisLine, ...]:
        """The lines to show: the ones of this kind first, then the ones for any crisis, then (for any) the others."""
        if kind is Kind.ANY:
            return self._there(code, Kind.ANY, Kind.HOME, Kind.CHILD, Kind.SUBSTANCE)
        return self._there(code, kind, Kind.ANY)

    def _there(self, code: str, *kinds: Kind) -> tuple[CrisisLine, ...]:
        return tuple(line for kind in kinds for line in self.lines if (line.country, line.kind) == (code, kind))


@cache
def directory() -> Directory:
    """The lines, read once. A line without a way to reach it, or checked by nobody, is refused with ValueError."""
    return read(json.loads(DATA.read_text(encoding="utf-8")))


def read(data: dict[str, Any]) -> Directory:
    """The directory in this data."""
    countries = tuple(Country(**country) for country in data["countries"])
    lines = tuple(_line(entry) for entry in data["lines"])
    unknown = {line.country for line in lines} - {country.code for country in countries}
    if unknown:
        raise ValueError(f"lines of countries that are not listed: {sorted(unknown)}")
    return Directory(countries, lines, Fallback(**data["fallback"]))


def _line(entry: dict[str, Any]) -> CrisisLine:
    day = date.fromisoformat(entry["verified_on"]) if entry["verified_on"] else None
    line = CrisisLine(
        **{
            **entry,
            "kind": Kind(entry["kind"]),
            "languages": tuple(entry["languages"]),
            "verified_on": day,
        }
    )
    if not (line.call or line.text or line.chat):
        raise ValueError(f"{line.name}: no way to reach it")
    if bool(line.verified_on) != bool(line.verified_by):
        raise ValueError(f"{line.name}: verified on a day needs by whom, and the other way round")
    return line


def _digits(number: str) -> str:
    return re.sub(r"[^0-9+]", "", number)
