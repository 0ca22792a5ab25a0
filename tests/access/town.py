"""A practice, its people and a record, arranged through the guard's own functions, for tests of the guard."""

from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from careplan.access.actor import Actor, client_actor, staff_actor
from careplan.access.seam import acting
from careplan.access.services import create_record
from careplan.ids import uuid7


@dataclass
class Town:
    owner: psycopg.Connection
    practice: UUID = field(default_factory=uuid7)

    def __post_init__(self) -> None:
        self.owner.execute(
            "insert into careplan_practice (id, name, country, time_zone, language, modules_off) "
            "values (%s, 'Guard Street', 'GB', 'Europe/London', 'en', '{}')",
            [self.practice],
        )

    def person(self) -> UUID:
        person = uuid7()
        self.owner.execute("insert into careplan_person (id, created_at) values (%s, now())", [person])
        return person

    def staff(self, role: str = "therapist") -> Actor:
        person = self.person()
        self.owner.execute("select guard.grant_role(%s, %s, %s, null)", [self.practice, person, role])
        return staff_actor(person_id=person, practice_id=self.practice)

    def record(self, lead: Actor) -> UUID:
        with acting(lead):
            return create_record(practice_id=self.practice, members=[self.person()], by=lead, via="test")

    def relate(self, client: UUID, person: UUID | None, role: str) -> UUID:
        row = self.owner.execute("select guard.start_care(%s, %s, %s)", [client, person, role]).fetchone()
        assert row
        return row[0]

    def end(self, relationship: UUID) -> None:
        self.owner.execute("select guard.end_care(%s, '')", [relationship])

    def as_client(self, client: UUID) -> Actor:
        row = self.owner.execute("select person_id from guard.member where client_id = %s", [client]).fetchone()
        assert row
        return client_actor(person_id=row[0])


def openings(owner: psycopg.Connection, client: UUID) -> list[tuple]:
    return owner.execute(
        "select person_id, granted, purpose, role, reads from guard.opening where client_id = %s and not makes "
        "order by opened_at, id",
        [client],
    ).fetchall()
