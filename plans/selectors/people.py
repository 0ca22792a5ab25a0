"""Names and days for sentences: who a person is called here, and what day it is where the client lives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from careplan.access.models import Decider, Member, Record
from careplan.accounts.models import StaffMember, User
from careplan.errors import NotYours
from clients.models import Client

SOMEBODY = "Somebody else"
THE_CLIENT = "The client"


def name_of_client(client_id: UUID) -> str:
    """Returns the name the client uses. One query."""
    return Client.objects.filter(client_id=client_id).values_list("name_used", flat=True).first() or THE_CLIENT


def zone_of(client_id: UUID) -> ZoneInfo:
    """Returns the clock the client lives by. One query."""
    zone = Client.objects.filter(client_id=client_id).values_list("time_zone", flat=True).first()
    return ZoneInfo(zone or "UTC")


def local_day(client_id: UUID, at: datetime) -> date:
    """Returns the client's own day at a moment. One query."""
    return at.astimezone(zone_of(client_id)).date()


def practice_of(client_id: UUID) -> UUID:
    """Returns the practice that keeps the record; raises NotYours for one that this person can't see. One query."""
    practice = Record.objects.filter(client_id=client_id).values_list("practice_id", flat=True).first()
    if practice is None:
        raise NotYours
    return practice


def names_of(client_id: UUID, people: Iterable[UUID | None]) -> dict[UUID, str]:
    """Returns what each of these people is called in this record. Three queries."""
    wanted = {person for person in people if person is not None}
    staff = StaffMember.objects.filter(person_id__in=wanted).values_list("person_id", "first_name")
    members = list(Member.objects.filter(client_id=client_id).values_list("person_id", flat=True))
    named = dict.fromkeys(wanted, SOMEBODY) | dict(staff)
    if len(members) == 1:
        named[members[0]] = name_of_client(client_id)
    return named


def deciders_of(client_id: UUID) -> list[Decider]:
    """Returns the record's deciders now, in the order in which they joined. One query."""
    return list(Decider.objects.filter(client_id=client_id, until=None).order_by("since", "id"))


def can_dictate(client_id: UUID) -> bool:
    """Says whether the client's words may be written down for them on an open sheet."""
    members = Member.objects.filter(client_id=client_id, until=None).values("person_id")
    return not User.objects.filter(person_id__in=members).exists()
