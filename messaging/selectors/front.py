"""What stands around a thread: whom it is with, who reads, when they answer, what this person typed and has seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from careplan.access.actor import Actor, Hat
from careplan.access.models import CareRole
from careplan.errors import NotYours
from messaging.selectors.hours import Hours
from messaging.selectors.team import Reader, in_reading_order

# One statement, so that the page can afford it. Drafts and marks show by policy to their own person alone.
FRONT = """
select r.practice_id, c.name_used, guard.now(),
       (select min(u.created_at) from guard.member m join careplan_user u on u.person_id = m.person_id
         where m.client_id = r.client_id and m.until is null),
       (select d.text from messaging_draft d where d.client_id = r.client_id),
       (select s.seen from messaging_seen s where s.client_id = r.client_id),
       h.from_client, h.from_care,
       (select coalesce(jsonb_agg(jsonb_build_array(t.person_id, t.role, m.first_name)), '[]')
          from care_relationship t
          join careplan_staffmember m on m.person_id = t.person_id and m.practice_id = r.practice_id
           and m.until is null and m.closed_at is null
         where t.client_id = r.client_id and t.until is null),
       (select coalesce(jsonb_object_agg(o.person_id,
                                         jsonb_build_array(o.weekdays, o.opens, o.closes, o.within_days)), '{}')
          from messaging_hours o join care_relationship t on t.person_id = o.person_id and t.client_id = r.client_id
         where o.practice_id = r.practice_id and t.until is null),
       (select coalesce(jsonb_object_agg(m.person_id, m.first_name), '{}') from careplan_staffmember m
         where m.practice_id = r.practice_id
           and m.person_id in (select author_id from messaging_message where client_id = r.client_id))
  from guard.record r
  join clients_client c on c.client_id = r.client_id
  left join message_head h on h.client_id = r.client_id
 where r.client_id = %(client)s and r.client_id = any (guard.opened('message'))
"""


@dataclass(frozen=True)
class ThreadFront:
    """A thread from outside, for one reader. `seen` and `from_other_side` count the other side's messages."""

    client_id: UUID
    practice_id: UUID
    client_name: str
    now: datetime
    account_since: datetime | None
    draft: str
    seen: int
    from_other_side: int
    readers: tuple[Reader, ...]
    hours: Hours
    staff: dict[UUID, str]


def thread_front(client_id: UUID, by: Actor) -> ThreadFront:
    """The front of an opened record's thread. One query. Raises NotYours when its messages are not opened."""
    with connection.cursor() as cursor:
        cursor.execute(FRONT, {"client": client_id})
        row = cursor.fetchone()
    if row is None:
        raise NotYours
    practice, name, now, since, draft, seen, from_client, from_care, team, hours, staff = row
    readers = in_reading_order(Reader(UUID(each), said, CareRole(role)) for each, role, said in _read(team))
    said = {UUID(person): _hours(told) for person, told in _read(hours).items()}
    return ThreadFront(
        client_id=client_id,
        practice_id=practice,
        client_name=name,
        now=now,
        account_since=since,
        draft=draft or "",
        seen=seen or 0,
        from_other_side=(from_client if by.hat is Hat.STAFF else from_care) or 0,
        readers=tuple(readers),
        hours=said.get(readers[0].person_id, Hours()) if readers else Hours(),
        staff={UUID(person): first for person, first in _read(staff).items()},
    )


def _hours(told: list[Any]) -> Hours:
    days, opens, closes, within = told
    return Hours(tuple(sorted(days)), time.fromisoformat(opens), time.fromisoformat(closes), within)


def _read(document: Any) -> Any:
    """A jsonb column as it comes from a plain cursor: text, or read already."""
    return json.loads(document) if isinstance(document, str) else document
