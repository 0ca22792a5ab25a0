"""Who works here, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from careplan.access.actor import Actor
from careplan.access.models import CareRelationship, CareRole, StaffRole
from careplan.accounts.models import StaffMember
from careplan.accounts.roles import Role
from careplan.errors import NotYours

ARRANGERS = frozenset({Role.MANAGER, Role.PRACTICE_LEAD})
CARING = (Role.THERAPIST, Role.TRAINEE, Role.SUPERVISOR, Role.PRACTICE_LEAD)


def at_work(by: Actor) -> tuple[UUID, UUID]:
    """The person and the practice of somebody at work. Raises NotYours for anybody else."""
    if by.person_id is None or by.practice_id is None:
        raise NotYours
    return by.person_id, by.practice_id


def roles_of(by: Actor) -> frozenset[str]:
    """The roles somebody holds in the practice they act in. One query."""
    person_id, practice_id = at_work(by)
    held = StaffRole.objects.filter(person_id=person_id, practice_id=practice_id, until=None)
    return frozenset(held.values_list("role", flat=True))


def holds_role(by: Actor, roles: Iterable[Role]) -> bool:
    """Says whether somebody holds one of these roles in the practice they act in."""
    return bool(roles_of(by) & set(roles))


@dataclass(frozen=True)
class Colleague:
    """Somebody who could join a care team."""

    person_id: UUID
    name: str


def colleagues(practice_id: UUID) -> list[Colleague]:
    """Everybody in the practice whose role lets them care for clients, by name. One query."""
    caring = StaffRole.objects.filter(practice_id=practice_id, until=None, role__in=CARING)
    people = caring.values("person_id")
    members = StaffMember.objects.filter(practice_id=practice_id, person_id__in=people, until=None)
    return [Colleague(row.person_id, row.name) for row in members.order_by("name")]


def named_by(column: str) -> Subquery:
    """The name of the member of staff a column of a query names, in the same statement."""
    rows = StaffMember.objects.filter(person_id=OuterRef(column)).order_by("-since")
    return Subquery(rows.values("name")[:1])


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """The names of members of staff by person. One query."""
    return dict(StaffMember.objects.filter(person_id__in=set(people)).values_list("person_id", "name"))


@dataclass(frozen=True)
class CareLine:
    """One current place in a care team."""

    relationship_id: UUID
    person_id: UUID
    name: str
    role: CareRole
    is_me: bool


def care_team(client_id: UUID, by: Actor) -> list[CareLine]:
    """Who cares for a client now, leads first. One query."""
    order = list(CareRole)
    rows = CareRelationship.objects.filter(client_id=client_id, until=None).annotate(name=named_by("person_id"))
    lines = [
        CareLine(row.id, row.person_id, row.name or "Somebody", CareRole(row.role), row.person_id == by.person_id)
        for row in rows
    ]
    return sorted(lines, key=lambda line: (order.index(line.role), line.name))
