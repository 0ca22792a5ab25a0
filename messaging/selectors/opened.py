"""Whether this request has opened a record's messages."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from careplan.errors import NotYours


def ensure_opened(client_id: UUID) -> UUID:
    """The record's practice. Raises NotYours unless this request has opened its messages. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select r.practice_id from guard.record r "
            "where r.client_id = %s and r.client_id = any (guard.opened('message'))",
            [client_id],
        )
        found = cursor.fetchone()
    if found is None:
        raise NotYours
    practice_id: UUID = found[0]
    return practice_id
