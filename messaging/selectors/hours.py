"""When messages are read and how soon they are usually answered, said before anything is typed (MSG-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from messaging.models import ReplyHours

NOBODY = gettext_lazy("Nobody is here to read messages just now.")
WEEKDAYS = (1, 2, 3, 4, 5)
DAYS = (
    gettext_lazy("Mondays"),
    gettext_lazy("Tuesdays"),
    gettext_lazy("Wednesdays"),
    gettext_lazy("Thursdays"),
    gettext_lazy("Fridays"),
    gettext_lazy("Saturdays"),
    gettext_lazy("Sundays"),
)


@dataclass(frozen=True)
class Hours:
    """When somebody reads messages, by the practice's clock, and within how many days they usually answer."""

    weekdays: tuple[int, ...] = WEEKDAYS
    opens: time = time(9)
    closes: time = time(17)
    within_days: int = 2

    def quiet_since(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """Since when nobody reads at this moment; None while somebody does."""
        local = at.astimezone(zone)
        if local.isoweekday() in self.weekdays and self.opens <= local.time() < self.closes:
            return None
        ends = (
            datetime.combine(local.date() - timedelta(days=back), self.closes, zone)
            for back in range(8)
            if (local.date() - timedelta(days=back)).isoweekday() in self.weekdays
        )
        return next(end for end in ends if end <= local)

    def sentence(self, name: str) -> str:
        """“Imani reads messages on weekdays, usually within 2 days.”"""
        within = ngettext("within a day", "within %(days)d days", self.within_days) % {"days": self.within_days}
        return _("%(name)s reads messages %(when)s, usually %(within)s.") % {
            "name": name,
            "when": self._when(),
            "within": within,
        }

    def _when(self) -> str:
        match self.weekdays:
            case (1, 2, 3, 4, 5):
                return _("on weekdays")
            case (1, 2, 3, 4, 5, 6, 7):
                return _("every day")
        named = [str(DAYS[day - 1]) for day in self.weekdays]
        listed = ", ".join(named[:-1])
        return _("on %(days)s") % {"days": _("%s and %s") % (listed, named[-1]) if listed else named[-1]}


def hours_of(practice_id: UUID, person_id: UUID | None) -> Hours:
    """What somebody has said about their hours; the usual ones when they have said nothing. One query."""
    row = ReplyHours.objects.filter(practice_id=practice_id, person_id=person_id).first() if person_id else None
    if row is None:
        return Hours()
    return Hours(tuple(sorted(row.weekdays)), row.opens, row.closes, row.within_days)
