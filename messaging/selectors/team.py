"""Who reads a client's messages: the care team whose reach holds them (MSG-1, ACC-2b)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship, CareRole
from careplan.accounts.models import StaffMember
from clients.selectors.caring import THEIR_THERAPIST, writes

FIRST = (CareRole.LEAD, CareRole.CO_THERAPIST, CareRole.TRAINEE, CareRole.COVER)


@dataclass(frozen=True)
class Reader:
    """Somebody on the care team's side of a thread."""

    person_id: UUID
    name: str
    role: CareRole

    @property
    def covers(self) -> bool:
        """Whether they read only while somebody is away."""
        return self.role not in THEIR_THERAPIST


def readers_of(client_id: UUID) -> list[Reader]:
    """Whoever reads what the client writes, the lead first: people whose way in is open. One query."""
    person, practice = OuterRef("person_id"), OuterRef("practice_id")
    here = StaffMember.objects.filter(person_id=person, practice_id=practice, until=None, closed_at=None)
    rows = CareRelationship.objects.filter(client_id=client_id, until=None)
    there = rows.annotate(name=Subquery(here.values("first_name")[:1])).exclude(name=None)
    return in_reading_order(Reader(row.person_id, row.name, CareRole(row.role)) for row in there)


def in_reading_order(team: Iterable[Reader]) -> list[Reader]:
    """Those of a care team who read messages, each once, the lead first."""
    reading = [reader for reader in team if writes([reader.role], DataClass.MESSAGE)]
    in_order = sorted(reading, key=lambda reader: (FIRST.index(reader.role), reader.name))
    return [each for place, each in enumerate(in_order) if each.person_id not in _people(in_order[:place])]


def _people(readers: list[Reader]) -> set[UUID]:
    return {reader.person_id for reader in readers}
