"""What is new for a client, in counts: for the first page of their own (portal screen 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.access.actor import Actor
from messaging.models import MessageHead, Seen


@dataclass(frozen=True)
class NewForClient:
    """Messages not read yet, and things offered and not answered."""

    unread: int
    wrote: datetime | None
    offered: int


def new_panel(by: Actor, client_id: UUID) -> NewForClient | None:
    """What is new; None when nothing is. Two queries, and nothing is opened."""
    head = MessageHead.objects.filter(client_id=client_id).first()
    if head is None:
        return None
    seen = Seen.objects.filter(client_id=client_id, person=by.person_id).values_list("seen", flat=True).first()
    unread = max(0, head.from_care - (seen or 0))
    if not unread and not head.offered:
        return None
    return NewForClient(unread, head.care_wrote, head.offered)
