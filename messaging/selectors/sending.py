"""Whether messages may be sent in a record now: one rule for the form and for the service."""

from __future__ import annotations

from uuid import UUID

from careplan.errors import Refused


def may_send(client_id: UUID) -> bool:
    """Says whether the client allows messages in their own pages now."""
    return True


def ensure_may_send(client_id: UUID, *, by_client: bool) -> None:
    """Raises Refused, with the sentence, when they do not."""
    if not may_send(client_id):
        raise Refused("Messages are switched off." if by_client else "They have switched messages off.")
