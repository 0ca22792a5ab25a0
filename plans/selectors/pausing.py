"""What rests because the client said so: one answer for everything that sends, lists or shows (PLAN-14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from careplan.outgoing.gate import Carried
from careplan.outgoing.models import Outgoing
from clients.models import Client
from plans.models import Pause, Pausing
from plans.selectors.acting import GuardNow, now

ON_REQUEST = ("invitation", "new_password")
"""Links that a person asked for, or waits for: pausing does not lock anybody out."""


@dataclass(frozen=True)
class Resting:
    """How one client's plan and therapy rest at a moment; `goes_on` is None until they say."""

    plan: bool = False
    everything: bool = False
    stopped: bool = False
    since: datetime | None = None
    goes_on: datetime | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing is sent: everything rests, or therapy has ended."""
        return self.everything or self.stopped


GOING_ON = Resting()


def is_paused(client_id: UUID) -> bool:
    """Says whether nothing may be sent to this client now. Opens nothing: the operations tier, by relationship.

    The gate asks `rest_says` at the moment of sending, definer functions `guard.is_resting(client)`. Two queries.
    """
    return resting_of([client_id]).get(client_id, GOING_ON).silent


def rest_says(message: Outgoing, carried: Carried) -> str:
    """A code for why nothing may go to somebody who paused everything or stopped, or ''. What they asked for goes."""
    if message.kind in ON_REQUEST:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("select guard.rest_says(%s)", [message.person_id])
        why: str = cursor.fetchone()[0]
    return why


def resting_of(clients: Sequence[UUID]) -> dict[UUID, Resting]:
    """Returns how things rest by client; who isn't named goes on. Two queries."""
    rows = list(Pausing.objects.filter(client_id__in=clients))
    at = now() if rows else None
    return {row.client_id: _resting(row, at) for row in rows if at}


def rests(what: str) -> Q:
    """The condition on `pausing` that the plan (`plan`) or everything (`all`) rests now."""
    return Q(**{f"{what}_since__isnull": False}) & (
        Q(**{f"{what}_goes_on__isnull": True}) | Q(**{f"{what}_goes_on__gt": GuardNow()})
    )


def rests_of(clients: QuerySet[Client]) -> list[dict[str, Any]]:
    """Returns each client's id and status, and since when therapy is `stopped`, `everything` rests, the plan `rested`.

    One query.
    """
    paused = Pausing.objects.filter(client_id=OuterRef("client_id"))
    since = {
        "stopped": Subquery(paused.values("stopped_since")),
        "everything": Subquery(paused.filter(rests("all")).values("all_since")),
        "rested": Subquery(paused.filter(rests("plan")).values("plan_since")),
    }
    return [dict(row) for row in clients.values("client_id", "status", **since)]


def running_pauses(client_id: UUID) -> list[Pause]:
    """Returns the pauses of an opened record that run now. One query."""
    rows = Pause.objects.filter(client_id=client_id, ended_at=None)
    return list(rows.filter(Q(goes_on=None) | Q(goes_on__gt=GuardNow())).order_by("began_at"))


def _resting(row: Pausing, at: datetime) -> Resting:
    plan = _runs(row.plan_since, row.plan_goes_on, at)
    everything = _runs(row.all_since, row.all_goes_on, at)
    stopped = row.stopped_since is not None
    if stopped:
        return Resting(plan, everything, stopped, row.stopped_since)
    if everything:
        return Resting(plan, everything, False, row.all_since, row.all_goes_on)
    return Resting(plan, False, False, row.plan_since, row.plan_goes_on) if plan else GOING_ON


def _runs(since: datetime | None, goes_on: datetime | None, at: datetime) -> bool:
    return since is not None and (goes_on is None or goes_on > at)
