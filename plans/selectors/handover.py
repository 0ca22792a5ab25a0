"""Whose plan somebody took over and hasn't read yet (PLAN-5c)."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def is_to_read(client_id: UUID) -> bool:
    """Says whether the acting person is asked to read this client's plan. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select %s = any (guard.plans_to_read())", [client_id])
        return bool(cursor.fetchone()[0])
