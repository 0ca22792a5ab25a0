"""Sessions that took place: what billing makes charges of, and nothing of what was talked about (BILL)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class Kept:
    """One kept session. `minutes` are the calendar's; `units` is one session."""

    session_id: UUID
    client_id: UUID
    practice_id: UUID
    clinician_id: UUID
    starts_at: datetime
    ends_at: datetime
    modality: str
    units: int = 1

    @property
    def minutes(self) -> int:
        """How long it was."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def kept_sessions(client_id: UUID) -> list[Kept]:
    """A client's kept sessions in order, for whoever opened the billing or lists their sessions. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.sessions_kept(%s)", [client_id])
        return [Kept(*row) for row in cursor.fetchall()]
