"""Whom somebody cares for, and what that lets them see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from careplan.access.actor import Actor
from careplan.access.classes import TABLE, DataClass
from careplan.access.models import CareRelationship, CareRole
from clients.models import Visibility
from clients.selectors.staff import at_work

PURPOSES = {CareRole.COVER: "cover", CareRole.SUPERVISOR: "supervision"}
THEIR_THERAPIST = frozenset({CareRole.LEAD, CareRole.CO_THERAPIST, CareRole.TRAINEE})


def places_of(by: Actor) -> QuerySet[CareRelationship]:
    """The places somebody has in care teams now."""
    person_id, practice_id = at_work(by)
    return CareRelationship.objects.filter(person_id=person_id, practice_id=practice_id, until=None)


def cared_for(by: Actor) -> dict[UUID, frozenset[CareRole]]:
    """The clients somebody cares for now, with their places in each care team. One query."""
    found: dict[UUID, frozenset[CareRole]] = {}
    for client_id, role in places_of(by).values_list("client_id", "role"):
        found[client_id] = found.get(client_id, frozenset()) | {CareRole(role)}
    return found


def writes(roles: Iterable[CareRole], data_class: DataClass) -> bool:
    """Says whether these places write a class: the rule a button is hidden by. The database decides."""
    return any(data_class in TABLE[PURPOSES.get(role, "care"), role][1] for role in roles)


def may_read(visibility: str, roles: Iterable[CareRole]) -> bool:
    """Says whether somebody in these places sees a line on a screen: the one rule for every line (CLIENT-3)."""
    match Visibility(visibility):
        case Visibility.NO_SCREEN:
            return False
        case Visibility.THERAPIST:
            return bool(THEIR_THERAPIST & set(roles))
        case Visibility.CARE_TEAM:
            return True
