"""Times of day by somebody's clock, with both edges of daylight saving (REM-6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from careplan.errors import Refused


def at_clock(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a time of day in a zone. Raises Refused for one that the clock jumps over.

    A time that comes twice is the first of the two.
    """
    local = datetime.combine(on, at, zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refused(_("There is no such time on that day: the clocks go forward."))
    return local
