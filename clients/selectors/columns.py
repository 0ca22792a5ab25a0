"""This app's own column and filter in the list of clients."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from careplan.access.actor import Actor
from clients.models import ClientSummary, LimitsState
from clients.selectors.caring import cared_for

UNTOLD = (LimitsState.NOT_TOLD, LimitsState.PARTLY_TOLD, LimitsState.NOT_NOW)


def limits_column(by: Actor, clients: Sequence[UUID]) -> dict[UUID, str]:
    """What to know about the limits, by client; nothing where they have been told."""
    rows = ClientSummary.objects.filter(client_id__in=clients).exclude(limits_state=LimitsState.TOLD)
    return {client: LimitsState(state).label for client, state in rows.values_list("client_id", "limits_state")}


def limits_filter(by: Actor, value: str) -> list[UUID]:
    """The clients whose limits are still to tell, or have an open question."""
    states = UNTOLD if value == "untold" else (LimitsState.TOLD_WITH_QUESTIONS,)
    rows = ClientSummary.objects.filter(client_id__in=list(cared_for(by)), limits_state__in=states)
    return list(rows.values_list("client_id", flat=True))
