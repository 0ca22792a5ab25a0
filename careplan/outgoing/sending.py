"""Sending what is due: claimed for a while, everything checked at that moment, settled only by the provider's word."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from careplan.outgoing.gate import Carried, checks
from careplan.outgoing.gateways import Letter, Undelivered, gateway_of
from careplan.outgoing.models import Channel, Outgoing, OutgoingState
from careplan.outgoing.words import STOPS, words_of

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_ATTEMPTS = len(PAUSES) + 1
BATCH = 50


def send_due(limit: int = BATCH) -> int:
    """How many messages were taken on, of those that are due and nobody has in hand."""
    claimed = [claim(message_id) for message_id in _due(limit)]
    for message in filter(None, claimed):
        _deliver_or_later(message)
    return len(claimed)


def _deliver_or_later(message: Outgoing) -> None:
    """One message that can't be made ready keeps no other from leaving, and is visible as failed in the end."""
    try:
        deliver(message)
    except Exception:
        log.error("A message could not be made ready (%s).", message.kind)
        _try_again(message, final=False)


def send_one(message_id: UUID) -> None:
    """Sends this message if it is due and nobody has it in hand."""
    message = claim(message_id)
    if message is not None:
        _deliver_or_later(message)


def claim(message_id: UUID) -> Outgoing | None:
    """The message, for a minute nobody else's, or None. Whoever dies with it gives it back by that minute.

    Whoever died while handing it over leaves nobody knowing whether it left: it is shown as failed, and not sent twice.
    """
    now = timezone.now()
    with transaction.atomic():
        message = (
            Outgoing.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(id=message_id, state=OutgoingState.DUE, due_at__lte=now)
            .first()
        )
        if message is None or (message.claimed_until and message.claimed_until > now):
            return None
        if message.handed_at and not gateway_of(message.channel).knows_again:
            _settle(message.id, OutgoingState.FAILED, "not_known")
            return None
        message.claimed_until, message.attempts = now + LEASE, message.attempts + 1
        message.save(update_fields=["claimed_until", "attempts"])
    return message


def deliver(message: Outgoing) -> None:
    """Sends a claimed message, or writes down why not. A withdrawal that comes first wins."""
    carried = Carried(**json.loads(bytes(message.carries or b"{}")))
    Outgoing.objects.filter(id=message.id, state=OutgoingState.DUE).update(handed_at=timezone.now())
    with transaction.atomic():
        held = Outgoing.objects.select_for_update(no_key=True).get(id=message.id)
        if held.state != OutgoingState.DUE:
            return
        why = next(filter(None, (check(message, carried) for check in checks)), "")
        if why:
            _settle(message.id, OutgoingState.CANCELLED, why)
            return
        try:
            gateway_of(message.channel).send(letter_of(message, carried))
        except Undelivered as failed:
            _try_again(message, final=failed.final)
        else:
            _settle(message.id, OutgoingState.SENT, "")


def letter_of(message: Outgoing, carried: Carried) -> Letter:
    """The message as it leaves: its kind's words, our neutral address, and the way to stop."""
    words = words_of(message.kind)
    body = words.body.format(link=_address(carried.link), when=carried.when)
    headers: dict[str, str] = {}
    if carried.stop:
        headers = {
            "List-Unsubscribe": f"<{_address(carried.stop)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        body = f"{body}\n\n{STOPS[Channel(message.channel)].format(stop=_address(carried.stop))}"
    return Letter(message.id, Channel(message.channel), carried.address, words.subject, body, headers)


def _address(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}" if path else ""


def _due(limit: int) -> list[UUID]:
    now = timezone.now()
    due = Outgoing.objects.filter(state=OutgoingState.DUE, due_at__lte=now).exclude(claimed_until__gt=now)
    return list(due.order_by("due_at").values_list("id", flat=True)[:limit])


def _try_again(message: Outgoing, *, final: bool) -> None:
    if final or message.attempts >= MOST_ATTEMPTS:
        _settle(message.id, OutgoingState.FAILED, "not_taken")
        return
    later = timezone.now() + PAUSES[message.attempts - 1]
    Outgoing.objects.filter(id=message.id).update(due_at=later, claimed_until=None, handed_at=None)


def _settle(message_id: UUID, state: OutgoingState, why: str) -> None:
    Outgoing.objects.filter(id=message_id).update(
        state=state, why=why, carries=None, settled_at=timezone.now(), claimed_until=None
    )
