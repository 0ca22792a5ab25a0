"""How often, how long, and who does it: the structured parts of an intervention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from plans.content.checks import ContentRefused, between, refuse_if, said
from plans.kinds import Doer, DurationUnit, FrequencyUnit

ONE_OF_THESE = "Choose one of these."
EVERY_ONE = {
    FrequencyUnit.DAY: _("every day"),
    FrequencyUnit.WEEK: _("weekly"),
    FrequencyUnit.MONTH: _("monthly"),
    FrequencyUnit.SESSION: _("each session"),
    FrequencyUnit.ONCE: _("once"),
}


SO_MANY = {
    DurationUnit.SESSIONS: ngettext_lazy("%(count)s session", "%(count)s sessions", "count"),
    DurationUnit.WEEKS: ngettext_lazy("%(count)s week", "%(count)s weeks", "count"),
    DurationUnit.MONTHS: ngettext_lazy("%(count)s month", "%(count)s months", "count"),
}


@dataclass(frozen=True)
class Frequency:
    """How often: every so many units, so many times in each, so many minutes."""

    unit: str
    every: int = 1
    times: int | None = None
    minutes: int | None = None

    def __post_init__(self) -> None:
        refuse_if(
            {
                "unit": said(self.unit not in FrequencyUnit.values, ONE_OF_THESE),
                "every": said(not between(self.every, 1, 52), "Give a number from 1 to 52."),
                "times": said(not between(self.times, 1, 50), "Give a number from 1 to 50."),
                "minutes": said(not between(self.minutes, 1, 600), "Give the minutes, from 1 to 600."),
            }
        )

    def canonical(self) -> dict[str, Any]:
        """Returns it as it is hashed."""
        return _kept({"unit": str(self.unit), "every": self.every, "times": self.times, "minutes": self.minutes})

    def words(self) -> str:
        """Returns it as people say it: “every 2 weeks, 50 minutes”."""
        unit = FrequencyUnit(self.unit)
        rhythm = str(EVERY_ONE[unit]) if self.every == 1 else f"every {self.every} {unit.value}s"
        if self.times and unit is not FrequencyUnit.ONCE:
            span = f"a {unit.value}" if self.every == 1 else f"in {self.every} {unit.value}s"
            rhythm = f"{_times(self.times)} {span}"
        return f"{rhythm}, {self.minutes} minutes" if self.minutes else rhythm


@dataclass(frozen=True)
class Duration:
    """For how long: so many sessions, weeks or months."""

    count: int
    unit: str

    def __post_init__(self) -> None:
        refuse_if(
            {
                "duration_count": said(not between(self.count, 1, 500), "Give a number from 1 to 500."),
                "duration_unit": said(self.unit not in DurationUnit.values, ONE_OF_THESE),
            }
        )

    def canonical(self) -> dict[str, Any]:
        """Returns it as it is hashed."""
        return {"count": self.count, "unit": str(self.unit)}

    def words(self) -> str:
        """Returns it as people say it: “12 sessions”."""
        return str(SO_MANY[DurationUnit(self.unit)] % {"count": self.count})


@dataclass(frozen=True)
class DoerContent:
    """Who will do it: the client, the therapist, or a named person."""

    who: str
    person: UUID | None = None

    def __post_init__(self) -> None:
        if self.who not in Doer.values:
            raise ContentRefused({"doer": ONE_OF_THESE})
        if (self.who == Doer.PERSON) != (self.person is not None):
            raise ContentRefused({"doer_person": "Say who will do it."})

    def canonical(self) -> dict[str, Any]:
        """Returns it as it is hashed."""
        return _kept({"who": str(self.who), "person": str(self.person) if self.person else None})


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
