"""Who decides about a client's plan with them, and who is asked beside (PLAN-5a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from careplan.access.models import Authority
from clients.models import PersonAround

# One statement, because every sheet asks it. Who is around the client shows where identity was opened, and only there.
DECIDING = """
select d.id, d.person_id, d.authority, d.voice, d.since, m.person_id is not null,
       (select c.name_used from clients_client c where c.client_id = d.client_id),
       (select a.name from clients_person_around a
         where a.client_id = d.client_id and a.person_id = d.person_id order by a.added_at desc limit 1)
  from decider d
  left join member m on m.client_id = d.client_id and m.person_id = d.person_id and m.until is null
 where d.client_id = %s and d.until is null
 order by d.voice desc, d.since, d.id
"""


@dataclass(frozen=True)
class Deciding:
    """Somebody whose yes is needed, or whose assent is asked beside and not waited for."""

    id: UUID
    person_id: UUID
    authority: Authority
    decides: bool
    since: datetime
    is_client: bool
    name: str


def deciding(client_id: UUID) -> list[Deciding]:
    """Everybody who is asked about the plan of an opened record, those who decide first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(DECIDING, [client_id])
        return [_line(row) for row in cursor.fetchall()]


def could_be_asked(client_id: UUID, asked: Sequence[Deciding]) -> list[tuple[str, str]]:
    """Who could be asked and isn't: people around the client, and the client once they don't decide. Two queries."""
    there = {line.person_id for line in asked}
    around = PersonAround.objects.filter(client_id=client_id, ended_at=None).exclude(person_id__in=there)
    with connection.cursor() as cursor:
        cursor.execute(
            "select m.person_id, c.name_used from member m join clients_client c on c.client_id = m.client_id "
            "where m.client_id = %s and m.until is null order by m.since, m.id",
            [client_id],
        )
        own = [(f"own:{person}", name) for person, name in cursor.fetchall() if person not in there]
    return own + [(f"around:{row.id}", row.name) for row in around.order_by("name", "id")]


def _line(row: Sequence[object]) -> Deciding:
    decider_id, person_id, authority, voice, since, is_client, own, around = row
    label = Authority(str(authority))
    name = own if is_client else around or label.label
    return Deciding(decider_id, person_id, label, voice == "decides", since, bool(is_client), str(name))  # type: ignore[arg-type]
