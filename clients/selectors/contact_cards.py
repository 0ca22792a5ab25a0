"""How clients may be reached, as far as a front desk knows: rules and the state of consents, no address (ACC-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from clients.models import ChannelState, ConsentKind, ConsentState, ContactCard, Effect
from clients.selectors.head import channel_words, quiet_words

SILENT = (ConsentState.DRAFT, ConsentState.ENTERED_IN_ERROR)


@dataclass(frozen=True)
class Reaching:
    """One client's rules in half a line each: `rules`, `quiet`, and by channel whether they agreed to it."""

    rules: str
    quiet: str
    channels: tuple[str, ...]
    do_not_contact: bool


def reaching(clients: Sequence[tuple[UUID, str]]) -> dict[UUID, Reaching]:
    """The rules of these clients, each with their clock: of nobody for somebody without a listing job. Two queries."""
    clocks = dict(clients)
    states: dict[UUID, list[ChannelState]] = {}
    for row in ChannelState.objects.filter(client_id__in=clocks).exclude(state__in=SILENT).order_by("kind"):
        states.setdefault(row.client_id, []).append(row)
    cards = ContactCard.objects.filter(client_id__in=clocks)
    return {card.client_id: _reaching(card, states.get(card.client_id, []), clocks[card.client_id]) for card in cards}


def _reaching(card: ContactCard, states: Sequence[ChannelState], clock: str) -> Reaching:
    now = timezone.now()
    words = channel_words(card)
    if card.most_a_week is not None:
        words.append(f"at most {card.most_a_week} a week")
    quiet = quiet_words(card.quiet_from, card.quiet_until, clock) if card.quiet_from and card.quiet_until else ""
    return Reaching(
        rules="do not contact" if card.do_not_contact else ", ".join(words),
        quiet=quiet,
        channels=tuple(f"{ConsentKind(row.kind).label}: {_stands(row, now)}" for row in states),
        do_not_contact=card.do_not_contact,
    )


def _stands(row: ChannelState, now: datetime) -> str:
    """How a consent stands at this moment: its end is exclusive, whatever has run since (CONS-3)."""
    if row.state != ConsentState.GIVEN:
        return ConsentState(row.state).label.lower()
    if row.until is not None and row.until <= now:
        return ConsentState.EXPIRED.label.lower()
    if row.starts_at > now:
        return "from later on"
    return "forbidden" if row.effect == Effect.DENY else "yes"
