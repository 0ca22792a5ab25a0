"""What a record's pages read of its two ledgers: events in sentences, and who opened it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from careplan.access.actor import THE_SYSTEM
from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.accounts.models import StaffMember
from careplan.ledger.catalogue import event_kind
from careplan.software.selectors import recipients_of


@dataclass(frozen=True)
class EventLine:
    """One event as staff read it."""

    at: datetime
    sentence: str
    reason: str


@dataclass(frozen=True)
class OpeningLine:
    """One opening as staff read it: who, as what, for what, which parts, and whether it was let in."""

    at: datetime
    name: str
    role: str
    purpose: str
    via: str
    granted: bool
    classes: tuple[str, ...]


def events_of(client_id: UUID, *, limit: int = 100) -> list[EventLine]:
    """The newest events of an opened record, newest first; a reason where its class is opened too. Three queries."""
    rows = list(EventRow.objects.filter(client_id=client_id).order_by("-number")[:limit])
    names = _names({row.actor_id for row in rows if row.actor_id})
    told = _kinds_opened(client_id) if any(row.reason for row in rows) else frozenset()
    return [EventLine(row.at, _sentence(row, names), (row.reason or "") if row.kind in told else "") for row in rows]


def _kinds_opened(client_id: UUID) -> frozenset[str]:
    """The kinds whose class this request has opened: words in a reason are of that class (ACC-2b)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select k.kind from unnest(%s::text[]) c join guard.event_kind k on k.data_class = c "
            "where %s = any (guard.opened(c))",
            [[str(each) for each in DataClass], client_id],
        )
        return frozenset(row[0] for row in cursor.fetchall())


def openings_of(client_id: UUID, *, limit: int = 100) -> list[OpeningLine]:
    """Who opened the record, newest first. Three queries; needs the ledger class."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.access_rows(%s, %s)", [client_id, limit])
        rows = cursor.fetchall()
    people = {row[1] for row in rows}
    names = {THE_SYSTEM: "This system"} | recipients_of(people) | _names(people)
    return [
        OpeningLine(
            at,
            names.get(person, "Somebody else"),
            role,
            purpose,
            via,
            granted,
            tuple(reads),
        )
        for at, person, role, purpose, via, granted, reads in rows
    ]


def _sentence(row: EventRow, names: dict[UUID, str]) -> str:
    who = names.get(row.actor_id, "The client") if row.actor_id else "The practice"
    words = {"who": who, "before": _plain(row.before), "after": _plain(row.after)}
    return event_kind(row.kind).staff.format(**words)


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _names(people: set[UUID]) -> dict[UUID, str]:
    members = StaffMember.objects.filter(person_id__in=people)
    return dict(members.values_list("person_id", "name"))
