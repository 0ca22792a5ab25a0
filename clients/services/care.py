"""Who cares for a client: joining and leaving a care team (ACC-4)."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from careplan.access import services as guard
from careplan.access.actor import Actor
from careplan.access.models import CareRelationship, CareRole, StaffRole
from careplan.accounts.roles import Role
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from clients.selectors.staff import ARRANGERS, CARING, at_work, roles_of

ENOUGH_FOR = {
    CareRole.LEAD: frozenset({Role.THERAPIST, Role.PRACTICE_LEAD, Role.SUPERVISOR}),
    CareRole.CO_THERAPIST: frozenset({Role.THERAPIST, Role.PRACTICE_LEAD, Role.SUPERVISOR}),
    CareRole.COVER: frozenset({Role.THERAPIST, Role.PRACTICE_LEAD, Role.SUPERVISOR}),
    CareRole.SUPERVISOR: frozenset({Role.SUPERVISOR, Role.PRACTICE_LEAD}),
    CareRole.TRAINEE: frozenset({Role.TRAINEE}),
}


def may_arrange_care(client_id: UUID, by: Actor) -> bool:
    """Says whether somebody may add to and end the care team: its lead, a manager or a practice lead."""
    return _leads(client_id, by) or bool(roles_of(by) & ARRANGERS)


def start_care(*, client_id: UUID, person_id: UUID, role: CareRole, by: Actor) -> UUID:
    """The id of the new place in the care team; whoever has it can open the record from now on.

    Raises NotYours unless the actor may arrange this care, Refused for somebody whose work here does not fit the
    place, or who has it already.
    """
    _ensure_may_arrange(client_id, by)
    _, practice_id = at_work(by)
    held = StaffRole.objects.filter(person_id=person_id, practice_id=practice_id, until=None, role__in=CARING)
    if not set(held.values_list("role", flat=True)) & ENOUGH_FOR[role]:
        raise Refused(f"Their work here doesn’t include being {CareRole(role).label.lower()}.")
    if CareRelationship.objects.filter(client_id=client_id, person_id=person_id, role=role, until=None).exists():
        raise Refused("They are that already.")
    return guard.start_care(client_id=client_id, person_id=person_id, role=role)


def end_care(*, client_id: UUID, relationship_id: UUID, by: Actor, reason: str = "") -> None:
    """Ends a place in the care team, and with it all access under it, at once.

    Raises NotYours for another record's, Conflict when it has ended already, Refused for the last lead's.
    """
    _lock_if_open(client_id)
    _ensure_may_arrange(client_id, by)
    row = CareRelationship.objects.filter(client_id=client_id, id=relationship_id).first()
    if row is None:
        raise NotYours
    if row.until is not None:
        raise Conflict("This place in the care team has ended already.")
    others = CareRelationship.objects.filter(client_id=client_id, role=CareRole.LEAD, until=None).exclude(id=row.id)
    if row.role == CareRole.LEAD and not others.exists():
        raise Refused("Somebody has to lead. Add another lead first.")
    guard.end_care(relationship_id=relationship_id, reason=clean_text(reason))


def _leads(client_id: UUID, by: Actor) -> bool:
    me, _ = at_work(by)
    mine = CareRelationship.objects.filter(client_id=client_id, person_id=me, until=None)
    return mine.filter(role=CareRole.LEAD).exists()


def _ensure_may_arrange(client_id: UUID, by: Actor) -> None:
    if not may_arrange_care(client_id, by):
        raise NotYours


def _lock_if_open(client_id: UUID) -> None:
    """The last two leads can't both leave at once; a manager, who opens nothing, waits for no lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select case when guard.may_write_record(%s) then guard.lock_head(%s) end", [client_id, client_id]
        )
