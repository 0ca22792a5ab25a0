"""The change feed of one recipient, thin: ids, versions, hashes and times (BILL-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from plans.selectors.readiness import read

TOLD_AS: Mapping[str, str] = {
    "plan.version_made": "plan.version",
    "item.proposed": "item.proposed",
    "signature.made": "signature.made",
    "consent.given": "consent.given",
    "consent.withdrawn": "consent.withdrawn",
    "charge.made": "charge.made",
    "charge.moved": "charge.moved",
    "charge.changed": "charge.changed",
    "charge.sent": "charge.sent",
    "charge.result": "charge.result",
}


@dataclass(frozen=True)
class Place:
    """One row of the feed that this software may hear of, not yet read."""

    seq: int
    epoch: int
    client_id: UUID
    event_id: UUID
    may_open: bool


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    id: str
    kind: str
    client: UUID
    object: UUID | None
    version: int | None
    sha256: str | None
    at: datetime


def places_after(software: UUID, *, seq: int, limit: int) -> list[Place]:
    """The next rows, in the order of both ledgers. Nothing is opened by that. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.feed_rows(%s, %s, %s, %s)", [software, seq, list(TOLD_AS), limit])
        return [Place(*row) for row in cursor.fetchall()]


def place_holds(epoch: int, seq: int) -> bool:
    """Says whether a cursor's place is still what it was: no restore has taken it away."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.place_holds(%s, %s)", [epoch, seq])
        return bool(cursor.fetchone()[0])


def told(software: UUID, places: Sequence[Place]) -> list[Event]:
    """What happened at these places, of clients that are open, in their order. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.feed_events(%s, %s)", [software, [place.event_id for place in places]])
        rows = {row[0]: row for row in cursor.fetchall()}
    return [each for place in places if place.event_id in rows for each in _told(*rows[place.event_id])]


def _told(
    event: UUID, client: UUID, at: datetime, kind: str, about: UUID | None, before: str, after: str, detail: Any
) -> Iterator[Event]:
    """One event, or one and what it brought into force and out of it."""
    said = read(detail)
    if "charges" in said:
        for charge in said["charges"]:
            yield Event(f"{event}.{charge}", TOLD_AS[kind], client, UUID(charge), None, None, at)
        return
    version, sha256 = said.get("sequence"), said.get("sha256")
    yield Event(str(event), TOLD_AS[kind], client, about, version, sha256, at)
    for name, told_as in (("agreed", "item.agreed"), ("out", "item.out_of_force")):
        for number, item in enumerate(said.get(name, []) if kind == "plan.version_made" else []):
            yield Event(f"{event}.{name}.{number}", told_as, client, UUID(item), version, None, at)
