"""What is new for a client, in counts: for the first page of their own (portal screen 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.access.actor import Actor
from clients.models import Hidden
from clients.selectors.quiet import tucked_away
from messaging.models import MessageHead, Seen
from messaging.selectors.offers import unanswered


@dataclass(frozen=True)
class NewMessages:
    """Messages not read yet."""

    unread: int
    wrote: datetime | None


def new_panel(by: Actor, client_id: UUID) -> NewMessages | None:
    """How many messages are new; None when none is. Two queries, and nothing is opened."""
    head = MessageHead.objects.filter(client_id=client_id).first()
    if head is None:
        return None
    seen = Seen.objects.filter(client_id=client_id, person=by.person_id).values_list("seen", flat=True).first()
    unread = max(0, head.from_care - (seen or 0))
    return NewMessages(unread, head.care_wrote) if unread else None


def offered_panel(by: Actor, client_id: UUID) -> int | None:
    """How many things are offered and not answered, of those that these pages show; None when there are none.

    One query when nothing was ever offered, three otherwise.
    """
    if not MessageHead.objects.filter(client_id=client_id, offered__gt=0).exists():
        return None
    shown = tucked_away(client_id).kept(unanswered(client_id), Hidden.RESOURCE, lambda resource_id: resource_id)
    return len(shown) or None
