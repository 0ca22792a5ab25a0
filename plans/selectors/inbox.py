"""What clients proposed and therapists have not answered yet, from counts and moments alone (PLAN-7, screen 6)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.models import CareRelationship, CareRole
from careplan.access.seam import glance
from careplan.accounts.roles import Role
from clients.models import Client
from clients.selectors.staff import at_work, roles_of
from plans.models import AnswerWindow, PlanHead
from plans.selectors.desk_rows import staff_names
from plans.selectors.duty import Duty, duties_of

SETTERS = {Role.PRACTICE_LEAD, Role.MANAGER}
USUAL = 7


@dataclass(frozen=True)
class Waiting:
    """One client's proposals: how many, since when, how long still, with whom; `mine` are for this reader to answer."""

    client_id: UUID
    name: str
    count: int
    duty: Duty
    therapist: str
    mine: bool


@dataclass(frozen=True)
class Inbox:
    """Everything that waits, the nearest to late first; the practice's window, and whether this reader sets it."""

    waiting: tuple[Waiting, ...]
    window: int
    may_set: bool
    leads: bool


def proposals_inbox(by: Actor) -> Inbox:
    """Returns what waits for this therapist; for a practice lead also what is late with others. Eight queries."""
    person_id, practice_id = at_work(by)
    roles = roles_of(by)
    leads = Role.PRACTICE_LEAD in roles
    heads = {row.client_id: row for row in PlanHead.objects.filter(practice_id=practice_id, duty_since__isnull=False)}
    duties = duties_of(list(heads))
    care = list(_therapists(heads))
    mine = {row.client_id for row in care if row.person_id == person_id}
    shown = [client for client, duty in duties.items() if client in mine or (leads and duty.late)]
    names = dict(Client.objects.filter(client_id__in=shown).values_list("client_id", "name_used"))
    glance(clients=shown, via="page:plans:proposals")
    first = staff_names(row.person_id for row in care)
    lead = {row.client_id: first.get(row.person_id, "") for row in care if row.role == CareRole.LEAD}
    waiting = [
        Waiting(each, names[each], heads[each].with_therapist, duties[each], lead.get(each, ""), each in mine)
        for each in sorted(shown, key=lambda each: duties[each].remaining)
        if each in names
    ]
    return Inbox(tuple(waiting), window_of(practice_id), bool(roles & SETTERS), leads)


def window_of(practice_id: UUID) -> int:
    """Returns in how many days a practice answers what is proposed now. One query."""
    days = (
        AnswerWindow.objects.filter(practice_id=practice_id).order_by("-said_at", "-id").values_list("days", flat=True)
    )
    return days.first() or USUAL


def _therapists(clients: dict[UUID, PlanHead]) -> list[CareRelationship]:
    rows = CareRelationship.objects.filter(
        client_id__in=list(clients), until=None, role__in=(CareRole.LEAD, CareRole.CO_THERAPIST)
    )
    return list(rows.order_by("since"))
