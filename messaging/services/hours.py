"""A member of staff says when they read messages (MSG-1)."""

from __future__ import annotations

from careplan.access.actor import Actor
from careplan.errors import Refused
from careplan.ids import uuid7
from clients.selectors.staff import at_work
from messaging.models import ReplyHours
from messaging.selectors.hours import Hours
from plans.selectors.acting import now


def say_hours(*, hours: Hours, by: Actor) -> None:
    """Keeps one's own hours; clients read them from now on. Raises Refused for a day without length or no day."""
    person_id, practice_id = at_work(by)
    if not hours.weekdays:
        raise Refused("Choose at least one day.")
    if hours.opens >= hours.closes:
        raise Refused("The end of the day comes after its beginning.")
    if not 1 <= hours.within_days <= 14:
        raise Refused("Say a number of days from 1 to 14.")
    said = {
        "weekdays": sorted(hours.weekdays),
        "opens": hours.opens,
        "closes": hours.closes,
        "within_days": hours.within_days,
        "said_at": now(),
    }
    ReplyHours.objects.update_or_create(
        practice_id=practice_id, person_id=person_id, defaults=said, create_defaults={**said, "id": uuid7()}
    )
