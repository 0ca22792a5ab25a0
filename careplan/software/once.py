"""A request that makes something is carried out once for each key, however often it is sent (API-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from careplan.ids import uuid7
from careplan.software.models import SentOnce

KEPT = timedelta(hours=24)


class InFlight(Exception):
    """The same key is being worked on at this moment."""


class OtherBody(Exception):
    """The key was used for something else."""


@dataclass(frozen=True)
class Once:
    """One key of one API client on one route, with the fingerprint of what was sent."""

    api_client_id: UUID
    route: str
    key: str
    body: bytes

    @property
    def digest(self) -> str:
        return sha256(self.key.encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        return sha256(self.body).hexdigest()


def made_before(once: Once) -> UUID | None:
    """What this key made within the last 24 hours, or None: then this transaction alone may make it.

    Raises InFlight while another transaction works on the key, and OtherBody when it was used for something else. A
    crash half-way leaves nothing behind: the lock and the row go with the transaction.
    """
    with connection.cursor() as cursor:
        name = f"once:{once.api_client_id}:{once.route}:{once.digest}"
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        if not cursor.fetchone()[0]:
            raise InFlight
    row = _rows(once).filter(at__gt=timezone.now() - KEPT).first()
    if row is None:
        return None
    if row.fingerprint != once.fingerprint:
        raise OtherBody
    return row.object_id


def keep(once: Once, object_id: UUID) -> None:
    """Writes down, in the transaction that made it, what this key has made."""
    if _rows(once).update(fingerprint=once.fingerprint, object_id=object_id, at=timezone.now()):
        return
    SentOnce.objects.create(
        id=uuid7(),
        api_client_id=once.api_client_id,
        route=once.route,
        key_digest=once.digest,
        fingerprint=once.fingerprint,
        object_id=object_id,
    )


def forget_old_keys() -> int:
    """How many keys older than a day were removed."""
    gone, _ = SentOnce.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return gone


def _rows(once: Once) -> QuerySet[SentOnce]:
    return SentOnce.objects.filter(api_client_id=once.api_client_id, route=once.route, key_digest=once.digest)
