"""What happened to a record and who opened it, folded for reading (AUD-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.ledger.history import EventLine, OpeningLine, events_of, openings_of

NEWEST = 200
CLASS_WORDS = {
    DataClass.IDENTITY: "who they are",
    DataClass.CONTACT: "how to reach them",
    DataClass.PLAN: "the plan",
    DataClass.MESSAGE: "messages",
    DataClass.MEASURE: "measures",
    DataClass.SAFETY: "safety",
    DataClass.NOTE: "notes",
    DataClass.BILLING: "billing",
    DataClass.CONSENT: "consents",
    DataClass.LEDGER: "this history",
}


@dataclass(frozen=True)
class HistoryDay:
    """What happened on one day."""

    day: date
    events: tuple[EventLine, ...]


@dataclass(frozen=True)
class OpenedLine:
    """One person's openings of one day, or one refusal."""

    name: str
    initials: str
    role: str
    parts: str
    times: int
    at: datetime
    granted: bool


@dataclass(frozen=True)
class OpenedDay:
    """Who opened the record on one day."""

    day: date
    lines: tuple[OpenedLine, ...]


@dataclass(frozen=True)
class History:
    """The record's own account of itself, newest first."""

    happened: tuple[HistoryDay, ...]
    opened: tuple[OpenedDay, ...]


def history(client_id: UUID) -> History:
    """The newest events and openings of an opened record. Four queries; needs the ledger class."""
    return History(happened=tuple(_days(events_of(client_id, limit=NEWEST))), opened=tuple(_opened(client_id)))


def _days(events: Iterable[EventLine]) -> list[HistoryDay]:
    grouped = groupby(events, key=lambda event: timezone.localdate(event.at))
    return [HistoryDay(day, tuple(lines)) for day, lines in grouped]


def _opened(client_id: UUID) -> list[OpenedDay]:
    grouped = groupby(openings_of(client_id, limit=NEWEST), key=lambda line: timezone.localdate(line.at))
    return [OpenedDay(day, tuple(_fold(list(lines)))) for day, lines in grouped]


def _fold(lines: list[OpeningLine]) -> list[OpenedLine]:
    """One line a day for each person and place; a refusal is always a line of its own."""
    people: dict[tuple[str, str], list[OpeningLine]] = {}
    for line in lines:
        if line.granted:
            people.setdefault((line.name, line.role), []).append(line)
    folded = [_line(openings) for openings in people.values()]
    folded += [_line([line]) for line in lines if not line.granted]
    return sorted(folded, key=lambda line: line.at, reverse=True)


def _line(openings: list[OpeningLine]) -> OpenedLine:
    newest = openings[0]
    seen = {part for opening in openings for part in opening.classes}
    return OpenedLine(
        name=newest.name,
        initials="".join(word[0] for word in newest.name.replace("Dr ", "").split()[:2]).upper(),
        role=_role(newest.role),
        parts=_listed([words for part, words in CLASS_WORDS.items() if part in seen]),
        times=len(openings),
        at=newest.at,
        granted=newest.granted,
    )


def _role(role: str) -> str:
    if role == "client":
        return "the client"
    return CareRole(role).label.lower() if role in CareRole.values else ""


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
