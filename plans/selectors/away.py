"""Who is away when, and who covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from careplan.access.actor import Actor
from clients.selectors.staff import at_work
from plans.models import Absence
from plans.selectors.acting import now
from plans.selectors.desk_rows import staff_names


@dataclass(frozen=True)
class Away:
    """Some days away: the first and the last of them, and who covers."""

    id: UUID
    first: datetime
    last: datetime
    cover: str
    begun: bool


def absences_of(by: Actor) -> list[Away]:
    """Returns one's own days away, running and to come, soonest first. Three queries."""
    person_id, practice_id = at_work(by)
    at = now()
    rows = list(
        Absence.objects.filter(practice_id=practice_id, person_id=person_id, called_off_at=None, ends__gt=at).order_by(
            "starts"
        )
    )
    names = staff_names(row.cover_id for row in rows if row.cover_id)
    return [
        Away(
            row.id,
            row.starts,
            row.ends - timedelta(hours=1),
            names.get(row.cover_id, "") if row.cover_id else "",
            row.starts <= at,
        )
        for row in rows
    ]
