"""That software was told something of somebody: a disclosure, once a day for each kind (CONS-8)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from plans.billing.kinds import Told


def note_told(clients: Iterable[UUID], what: Told) -> None:
    """Writes down that whoever acts was told this of these opened clients, in the transaction that tells it."""
    with connection.cursor() as cursor:
        cursor.execute("select plans_note_told(%s, %s)", [list(clients), what])
