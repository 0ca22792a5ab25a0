"""The writers of relationships, deciders and new records: thin names for the guard's definer functions."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from careplan.access.actor import Actor
from careplan.access.models import Authority, CareRole
from careplan.ids import uuid7


def create_record(
    *,
    practice_id: UUID,
    members: Iterable[UUID],
    by: Actor,
    via: str,
    kind: str = "person",
    client_id: UUID | None = None,
) -> UUID:
    """The id of a new record that stands for `members`, led by the actor and opened in this transaction.

    With a `client_id` that was taken meanwhile the database refuses (IntegrityError).
    """
    client_id = client_id or uuid7()
    _call(
        "guard.create_record(%s, %s, %s, %s, %s, %s, %s)",
        [client_id, practice_id, kind, list(members), by.ticket, via, by.request_id],
    )
    return client_id


def start_care(*, client_id: UUID, person_id: UUID, role: CareRole) -> UUID:
    """The id of a new care relationship; the actor is the client's lead, a manager or a practice lead."""
    started: UUID = _call("guard.start_care(%s, %s, %s)", [client_id, person_id, role])
    return started


def end_care(*, relationship_id: UUID, reason: str = "") -> None:
    """End a care relationship, and with it all access under it, at once."""
    _call("guard.end_care(%s, %s)", [relationship_id, reason])


def add_decider(
    *,
    client_id: UUID,
    person_id: UUID,
    authority: Authority,
    assents_only: bool = False,
    reason: str = "",
) -> UUID:
    """The id of a further decider, to be asked at the next review; nothing in force falls (PLAN-5a)."""
    voice = "assents" if assents_only else "decides"
    added: UUID = _call("guard.add_decider(%s, %s, %s, %s, %s)", [client_id, person_id, authority, voice, reason])
    return added


def end_decider(*, decider_id: UUID, reason: str = "") -> None:
    """From now on this person is not asked any more; what they agreed to stands."""
    _call("guard.end_decider(%s, %s)", [decider_id, reason])


def _call(function: str, arguments: list[Any]) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}", arguments)
        result: UUID = cursor.fetchone()[0]
    return result
