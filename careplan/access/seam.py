"""The one seam: open a record (committed), then act in one transaction under it (ACC-1, ACC-2, ACC-2d)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from careplan.access.actor import Actor, ActorKind
from careplan.access.classes import DataClass
from careplan.errors import NotYours

SETTINGS = ("ticket", "person", "practice", "hat", "request")


def open_records(actor: Actor, *, clients: Iterable[UUID], classes: Iterable[DataClass], via: str) -> frozenset[UUID]:
    """The ids among `clients` that the actor may now read, after one ledger row each has been committed.

    A refusal is a row too. Raises RuntimeError inside a transaction: a rollback could un-write the row.
    """
    wanted = list(clients)
    if actor.kind not in (ActorKind.PERSON, ActorKind.API_CLIENT) or not wanted:
        return frozenset()
    _outside_any_transaction()
    with connection.cursor() as cursor:
        cursor.execute(
            "select guard.open_records(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                actor.ticket,
                actor.person_id,
                actor.practice_id,
                wanted,
                actor.purpose,
                sorted(classes),
                via,
                actor.request_id,
            ],
        )
        return frozenset(cursor.fetchone()[0])


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """One durable transaction in which the database knows who acts and under which ticket."""
    with transaction.atomic(durable=True):
        _tell_database(_context(actor))
        yield
        if not connection.needs_rollback:
            _tell_database(dict.fromkeys(SETTINGS, ""))


@contextmanager
def opened(actor: Actor, *, clients: Iterable[UUID], classes: Iterable[DataClass], via: str) -> Iterator[None]:
    """Open these records, then act. Raises NotYours unless every one was granted."""
    wanted = frozenset(clients)
    if open_records(actor, clients=wanted, classes=classes, via=via) != wanted:
        raise NotYours
    with acting(actor):
        yield


def glance(*, clients: Iterable[UUID], via: str) -> None:
    """Leave the weekly trace that a list showed these clients; inside `acting`."""
    ids = list(clients)
    if ids:
        with connection.cursor() as cursor:
            cursor.execute("select guard.glance(%s, %s)", [ids, via])


def lock_head(client_id: UUID) -> None:
    """Take the record's head, first of all locks, so that contested changes have one winner (AUD-1)."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.lock_head(%s)", [client_id])


def _context(actor: Actor) -> dict[str, str]:
    return {
        "ticket": str(actor.ticket),
        "person": str(actor.person_id or ""),
        "practice": str(actor.practice_id or ""),
        "hat": str(actor.hat),
        "request": str(actor.request_id),
    }


def _tell_database(values: dict[str, str]) -> None:
    columns = ", ".join(f"set_config('careplan.{name}', %s, true)" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns}", list(values.values()))


def _outside_any_transaction() -> None:
    blocks = getattr(connection, "atomic_blocks", [])
    if any(not getattr(block, "_from_testcase", False) for block in blocks):
        raise RuntimeError("open records before the transaction begins")
