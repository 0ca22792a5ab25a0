"""Whether somebody may be written to now, as their record says: asked by the gate when it sends (REM-8)."""

from __future__ import annotations

from django.db import connection

from careplan.outgoing.gate import Carried
from careplan.outgoing.models import Outgoing


def contact_says(message: Outgoing, carried: Carried) -> str:
    """A code for why it may not go, or ''. Staff and people without a record are not asked about. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.contact_says(%s, %s)", [message.person_id, message.channel])
        why: str = cursor.fetchone()[0]
    return why
