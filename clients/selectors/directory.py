"""What the directory says of one client."""

from __future__ import annotations

from uuid import UUID

from clients.models import Client


def clock_of(client_id: UUID) -> str:
    """The name of the time zone a client lives by. One query."""
    return Client.objects.values_list("time_zone", flat=True).get(client_id=client_id)
