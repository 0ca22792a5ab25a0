"""Putting something out to leave, and taking it back: one row a key, whatever happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from careplan.ids import uuid7
from careplan.outgoing.models import Channel, Outgoing, OutgoingState
from careplan.outgoing.words import words_of


@dataclass(frozen=True)
class Recipient:
    """Where to: a person's address on one channel."""

    person_id: UUID | None
    channel: Channel
    address: str


@dataclass(frozen=True)
class Carried:
    """What a message carries besides its kind's words."""

    address: str
    link: str = ""
    when: str = ""
    stop: str = ""


Check = Callable[[Outgoing, Carried], str]
checks: list[Check] = []
"""Asked at the moment of sending: each gives a short code for why it may not go, or ''. Filled in AppConfig.ready()."""


def enqueue(
    *,
    kind: str,
    to: Recipient,
    key: str,
    practice_id: UUID | None = None,
    link: str = "",
    when: str = "",
    stop: str = "",
    due_at: datetime | None = None,
) -> UUID:
    """The id of the message that leaves once, however often its `key` is asked for.

    `link` and `stop` are paths of ours. In the current transaction: nothing leaves unless it commits. Raises
    LookupError for a kind without words.
    """
    words_of(kind)
    now = timezone.now()
    message = Outgoing(
        id=uuid7(),
        practice_id=practice_id,
        person_id=to.person_id,
        kind=kind,
        channel=to.channel,
        key=key,
        made_at=now,
        due_at=max(now, due_at or now),
    )
    message.carries = json.dumps(vars(Carried(to.address, link, when, stop))).encode()
    Outgoing.objects.bulk_create([message], ignore_conflicts=True)
    there: UUID = Outgoing.objects.values_list("id", flat=True).get(key=key)
    if message.due_at == now:
        transaction.on_commit(lambda: _wake(there))
    return there


def cancel(*, keys_begin: str, why: str = "not_wanted") -> int:
    """How many messages that had not left were taken back: those whose key begins so. In the current transaction."""
    return Outgoing.objects.filter(key__startswith=keys_begin, state=OutgoingState.DUE).update(
        state=OutgoingState.CANCELLED, why=why, carries=None, settled_at=timezone.now(), claimed_until=None
    )


def _wake(message_id: UUID) -> None:
    """Tells a worker; without broker or worker the sweeper finds it later."""
    from careplan.outgoing.tasks import send_soon

    send_soon(message_id)
