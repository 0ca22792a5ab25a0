"""What stands at the front of a plan's pages: the plan, its pace, its latest version, and what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from careplan.access.actor import Actor
from careplan.errors import NotYours
from plans.kinds import THERAPIST_ROLES, Pace, PlanStatus, Role

# One statement, so that every page of the desk can afford it.
FRONT = """
select p.id, p.status, p.started_at, p.activated_at,
       r.client_id = any (guard.opened('plan', true)), guard.role_in_plan(r.client_id, %(person)s), guard.now(),
       coalesce(said.pace, 'steady'), said.at,
       v.id, v.sequence, v.at, n.number,
       (select s.id from plans_sheet s where s.plan_id = p.id and s.closed_at is null)
  from guard.record r
  left join lateral (select * from plans_plan p where p.client_id = r.client_id
                      order by (p.ended_at is null) desc, p.started_at desc limit 1) p on true
  left join lateral (select * from plans_pace s where s.client_id = r.client_id order by s.at desc limit 1) said on true
  left join lateral (select * from plans_version v where v.plan_id = p.id order by v.sequence desc limit 1) v on true
  left join plans_version_number n on n.version_id = v.id
 where r.client_id = %(client)s
"""


@dataclass(frozen=True)
class PlanFront:
    """A client's plan from outside. `plan_id` is None while there is none; an ended plan shows until the next."""

    client_id: UUID
    plan_id: UUID | None
    status: PlanStatus | None
    started_at: datetime | None
    activated_at: datetime | None
    writable: bool
    role: Role | None
    now: datetime
    pace: Pace
    pace_at: datetime | None
    version_id: UUID | None
    version_sequence: int | None
    version_at: datetime | None
    version_number: int | None
    sheet_id: UUID | None

    @property
    def running(self) -> bool:
        """Whether the plan can change."""
        return self.status in (PlanStatus.DRAFT, PlanStatus.ACTIVE, PlanStatus.ON_HOLD)

    @property
    def may_write(self) -> bool:
        """Whether this reader may propose: the rule that hides the forms."""
        return self.writable and (self.plan_id is None or self.running)

    @property
    def is_therapist(self) -> bool:
        """Whether this reader's yes is the therapist's (PLAN-5e)."""
        return self.role in THERAPIST_ROLES

    @property
    def agreed_once(self) -> bool:
        """Whether anything has ever been in force."""
        return self.activated_at is not None


def plan_front(client_id: UUID, by: Actor) -> PlanFront:
    """Returns the front of an opened record's plan. One query."""
    with connection.cursor() as cursor:
        cursor.execute(FRONT, {"client": client_id, "person": by.person_id})
        row = cursor.fetchone()
    if row is None:
        raise NotYours
    plan, status, started, activated, writable, role, now, pace, pace_at, *version = row
    return PlanFront(
        client_id,
        plan,
        PlanStatus(status) if status else None,
        started,
        activated,
        bool(writable),
        Role(role) if role else None,
        now,
        Pace(pace),
        pace_at,
        *version,
    )
