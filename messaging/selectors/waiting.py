"""What Today asks about reminders and notes: what could not be sent, what was held back until today. Opens nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.outgoing.models import Outgoing, OutgoingState
from clients import hooks

# One statement for both, so that Today can afford them.
WAITING = """
select r.client_id, 'reminder:' || r.id || ':' || r.tries, null::date
  from messaging_reminder r
 where r.client_id = any (%(clients)s::uuid[]) and r.state = 'out' and r.changed_at > guard.now() - interval '14 days'
union all
select c, '', guard.held_review_on(c) from unnest(%(clients)s::uuid[]) c where guard.held_review_on(c) <= %(today)s
"""


def waiting_asks(by: Actor, clients: Sequence[UUID]) -> list[hooks.Ask]:
    """Reminders that failed (REM-4), and held parts whose day has come (APPT-4). One query; two with reminders out."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"clients": list(clients), "today": timezone.localdate()})
        rows = cursor.fetchall()
    out = {key: client_id for client_id, key, _on in rows if key}
    held = {client_id: on for client_id, key, on in rows if not key}
    return [*_failed(out), *(_held(client_id, held[client_id]) for client_id in sorted(held))]


def _failed(out: dict[str, UUID]) -> list[hooks.Ask]:
    failed = Outgoing.objects.filter(key__in=list(out), state=OutgoingState.FAILED).values_list("key", flat=True)
    told = sorted({out[key] for key in failed})
    sentence = "{name}: a reminder could not be sent"
    return [hooks.Ask(client_id, sentence, "messaging:reminders", "flag") for client_id in told]


def _held(client_id: UUID, on: date) -> hooks.Ask:
    return hooks.Ask(client_id, "{name}: a held part of a note to look at again", "messaging:sessions", "lock", due=on)
