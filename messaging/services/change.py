"""How a change to a client's messages begins, and the counts it leaves for lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from clients.services.change import begin_change as begin
from messaging.models import Message, MessageHead
from messaging.selectors.offers import open_counts
from plans.kinds import CLIENT_SIDE, Role
from plans.selectors.acting import now, role_of


@dataclass(frozen=True)
class Change:
    """A change under way, by whom and as what, at what moment; the record's head is locked."""

    client_id: UUID
    practice_id: UUID
    by: UUID
    role: Role
    at: datetime

    @property
    def keys(self) -> dict[str, UUID]:
        """The two columns every record row begins with."""
        return {"client_id": self.client_id, "practice_id": self.practice_id}

    @property
    def by_client(self) -> bool:
        """Whether it is the client's side that writes."""
        return self.role in CLIENT_SIDE


def begin_change(*, client_id: UUID, by: Actor) -> Change:
    """The change. Raises NotYours unless this request may write messages and has opened the plan beside them."""
    begun = begin(client_id=client_id, data_class=DataClass.MESSAGE, by=by)
    return Change(client_id, begun.practice_id, begun.by, role_of(client_id, begun.by), now())


def write_message_head(change: Change) -> None:
    """Brings the counts of the lists up to date, in the transaction of the event (ACC-2a)."""
    counts = message_counts(change.client_id)
    MessageHead.objects.update_or_create(
        client_id=change.client_id,
        defaults={**counts, "updated_at": change.at},
        create_defaults={**counts, "practice_id": change.practice_id, "updated_at": change.at},
    )


def message_counts(client_id: UUID) -> dict[str, int | datetime | None]:
    """What the head says, counted from the tables. Five queries."""
    said = Message.objects.filter(client_id=client_id, automatic=False)
    by_client, by_care = said.filter(role__in=CLIENT_SIDE), said.exclude(role__in=CLIENT_SIDE)
    return {
        "from_client": by_client.count(),
        "from_care": by_care.count(),
        "client_wrote": by_client.aggregate(last=Max("at"))["last"],
        "care_wrote": by_care.aggregate(last=Max("at"))["last"],
        **open_counts(client_id),
    }
