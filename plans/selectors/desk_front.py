"""What stands at the front of a plan's pages: the plan, its pace, its latest version, and what the reader may do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from careplan.access.actor import Actor
from careplan.errors import NotYours
from plans.kinds import THERAPIST_ROLES, Pace, PlanStatus, RestScope, Role
from plans.selectors.pace import BY_SESSION, MADE, PaceNow, paced

# One statement, so that every page of the desk can afford it. Drafts show by policy to their writer alone.
FRONT = f"""
select p.id, p.status, p.started_at, p.activated_at,
       r.client_id = any (guard.opened('plan', true)), guard.role_in_plan(r.client_id, %(person)s), guard.now(),
       coalesce(said.pace, 'steady'), ({MADE}), {BY_SESSION}, c.name_used,
       v.id, v.sequence, v.at, n.number,
       (select s.id from plans_sheet s where s.plan_id = p.id and s.closed_at is null),
       (select coalesce(jsonb_object_agg(d.key, jsonb_build_object('typed', d.content, 'at', d.at)), '{{}}')
          from plans_draft d
         where d.client_id = r.client_id and d.person_id = %(person)s and d.content <> '{{}}'::jsonb),
       (select coalesce(jsonb_object_agg(m.person_id, m.first_name), '{{}}') from careplan_staffmember m
         where m.practice_id = r.practice_id and m.person_id in (
               select author_id from plans_item_revision where client_id = r.client_id
               union select person_id from plans_answer where client_id = r.client_id
               union select recorded_by_id from plans_answer where client_id = r.client_id
               union select author_id from plans_comment where client_id = r.client_id
               union select person_id from plans_party where client_id = r.client_id)),
       (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'scope', s.scope, 'item', s.item_id, 'until', s.until,
                                                     'since', s.began_at) order by s.began_at), '[]')
          from plans_pause s
         where s.client_id = r.client_id and s.ended_at is null and (s.goes_on is null or s.goes_on > guard.now())),
       (select coalesce(jsonb_object_agg(m.person_id, m.name), '{{}}')
          from care_relationship t
          join careplan_staffmember m on m.person_id = t.person_id and m.practice_id = r.practice_id
         where t.client_id = r.client_id and t.until is null and t.role not in ('lead', 'co_therapist', 'supervisor')),
       r.client_id = any (guard.plans_to_read())
  from guard.record r
  join clients_client c on c.client_id = r.client_id
  left join lateral (select * from plans_plan p where p.client_id = r.client_id
                      order by (p.ended_at is null) desc, p.started_at desc limit 1) p on true
  left join lateral (select * from plans_pace s where s.client_id = r.client_id
                      order by s.at desc, s.id desc limit 1) said on true
  left join lateral (select * from plans_version v where v.plan_id = p.id order by v.sequence desc limit 1) v on true
  left join plans_version_number n on n.version_id = v.id
 where r.client_id = %(client)s
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class Kept:
    """What this reader typed somewhere and has not sent."""

    typed: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class PauseSeen:
    """Something that rests now because the client said so; without `until`, until they say (PLAN-14)."""

    id: UUID
    scope: RestScope
    item_id: UUID | None
    until: date | None
    since: datetime


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
    pace: PaceNow
    version_id: UUID | None
    version_sequence: int | None
    version_at: datetime | None
    version_number: int | None
    sheet_id: UUID | None
    drafts: dict[str, Kept]
    names: dict[UUID, str]
    pauses: tuple[PauseSeen, ...]
    helpers: dict[UUID, str]
    to_read: bool = False

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
        cursor.execute(FRONT, {"client": client_id, "person": by.person_id, "at": None})
        row = cursor.fetchone()
    if row is None:
        raise NotYours
    return _front(client_id, row)


def _front(client_id: UUID, row: Sequence[Any]) -> PlanFront:
    plan, status, started, activated, writable, role, now, pace, made, by_session, name = row[:11]
    version_id, sequence, version_at, number, sheet, drafts, names, pauses, helpers, to_read = row[11:]
    return PlanFront(
        client_id,
        plan,
        PlanStatus(status) if status else None,
        started,
        activated,
        bool(writable),
        Role(role) if role else None,
        now,
        paced(pace=Pace(pace), made=made, by_session=by_session, name=name),
        version_id,
        sequence,
        version_at,
        number,
        sheet,
        {key: Kept(kept["typed"], datetime.fromisoformat(kept["at"])) for key, kept in _read(drafts).items()},
        _by_person(names),
        tuple(_pause(each) for each in _read(pauses)),
        _by_person(helpers),
        bool(to_read),
    )


def _pause(row: dict[str, str | None]) -> PauseSeen:
    return PauseSeen(
        UUID(row["id"]),
        RestScope(str(row["scope"])),
        UUID(row["item"]) if row["item"] else None,
        date.fromisoformat(row["until"]) if row["until"] else None,
        datetime.fromisoformat(str(row["since"])),
    )


def _by_person(names: Any) -> dict[UUID, str]:
    return {UUID(person): name for person, name in _read(names).items()}


def _read(document: Any) -> Any:
    """A jsonb column as it comes from a plain cursor: text, or read already."""
    return json.loads(document) if isinstance(document, str) else document
