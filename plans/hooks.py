"""What higher apps hang in for when a client pauses or stops: bookings to cancel, reminders to drop (PLAN-14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.hooks import Registry
from plans.kinds import RestScope


@dataclass(frozen=True)
class Rest:
    """What rests from now on; `goes_on` is when it goes on by itself, or None: until the client says."""

    client_id: UUID
    scope: RestScope
    goes_on: datetime | None
    at: datetime


@dataclass(frozen=True)
class RestListener:
    """Something to do in the same transaction: `run(rest, by)`; `classes` are opened before it, for writing."""

    key: str
    run: Callable[[Rest, Actor], None]
    classes: frozenset[DataClass]
    order: int


when_resting: Registry[RestListener] = Registry("when a client pauses or stops")
