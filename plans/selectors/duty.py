"""The duty to answer what a client proposes: due when, how much is left, who is away (PLAN-7). Nothing is stored."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from plans.models import PlanHead
from plans.models.plan import UNENDED

# A clock as one value, so that it can stand in a query about something else: {client} and {since} are columns.
CLOCK = """(select jsonb_build_object(
       'since', {since}, 'due', d.due, 'days', d.days, 'left', extract(epoch from d.remaining), 'away', d.away_until,
       'cover', (select m.first_name from careplan_staffmember m where m.person_id = d.cover
                  order by m.since desc limit 1))
  from guard.plans_duty({client}, {since}) d)"""
OF_MOMENTS = f"""
select {CLOCK.format(client="%(client)s::uuid", since="s.since")} from unnest(%(since)s::timestamptz[]) s(since)
"""  # noqa: S608 - made of constants
OF_HEAD = RawSQL(CLOCK.format(client="plan_head.client_id", since="plan_head.duty_since"), [])  # noqa: S611
"""Beside a plan's head: the clock of the oldest proposal that waits for the therapist, or nothing."""

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Duty:
    """One proposal's clock. `away_until` and `cover` are there while everybody who could answer is away."""

    since: datetime
    due: datetime
    days: int
    remaining: timedelta
    away_until: datetime | None
    cover: str

    @property
    def late(self) -> bool:
        """Whether the window is over. Nothing happens to the client."""
        return self.remaining <= timedelta(0)

    @property
    def days_left(self) -> int:
        """Days left, the one begun included; 0 when it is late."""
        return max(0, math.ceil(self.remaining / DAY))

    @property
    def left(self) -> str:
        """“6 days left”, “1 day left”, “Late”."""
        if self.late:
            return "Late"
        return "1 day left" if self.days_left == 1 else f"{self.days_left} days left"


def duties_of(clients: Sequence[UUID]) -> dict[UUID, Duty]:
    """Returns, by client, the clock of the oldest proposal that waits for the therapist. One query, opens nothing."""
    heads = PlanHead.objects.filter(client_id__in=clients, duty_since__isnull=False, status__in=UNENDED)
    told = heads.annotate(clock=OF_HEAD).values_list("client_id", "clock")
    return {client: duty for client, clock in told if (duty := duty_from(clock))}


def duties_since(client_id: UUID, moments: Sequence[datetime]) -> dict[datetime, Duty]:
    """Returns the clocks of proposals made at these moments. One query, none without moments."""
    if not moments:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OF_MOMENTS, {"client": client_id, "since": sorted(set(moments))})
        found = [duty_from(row[0]) for row in cursor.fetchall()]
    return {duty.since: duty for duty in found if duty}


def duty_from(clock: Any) -> Duty | None:
    """Returns a clock from the value that CLOCK gives: text, or read already."""
    told = json.loads(clock) if isinstance(clock, str) else clock
    if told is None:
        return None
    return Duty(
        since=datetime.fromisoformat(told["since"]),
        due=datetime.fromisoformat(told["due"]),
        days=told["days"],
        remaining=timedelta(seconds=float(told["left"])),
        away_until=datetime.fromisoformat(told["away"]) if told["away"] else None,
        cover=told["cover"] or "",
    )
