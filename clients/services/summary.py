"""The client's line of counts and codes, rebuilt in the transaction of the change it follows (ACC-2a)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from clients.consents.cards import current_cards
from clients.models import (
    OPEN_STATES,
    Client,
    ClientSummary,
    Consent,
    ConsentKind,
    ConsentState,
    LimitsCardTold,
)
from clients.selectors.standing import is_open, limits_state, limits_that_count

TOLD_ENOUGH = (ConsentState.GIVEN, *OPEN_STATES)


def refresh_summary(client_id: UUID) -> None:
    """Writes what the consents and the directory say now. How many lead is kept by the database itself."""
    status = Client.objects.values_list("status", flat=True).get(client_id=client_id)
    consents = list(Consent.objects.filter(client_id=client_id, state__in=TOLD_ENOUGH))
    limits, told = limits_that_count(consents, LimitsCardTold.objects.filter(client_id=client_id))
    ClientSummary.objects.filter(client_id=client_id).update(
        status=status, **_limits_counts(limits, told), **_consent_counts(consents)
    )


def _limits_counts(limits: Consent | None, told: dict[str, LimitsCardTold]) -> dict[str, object]:
    last = max(told.values(), key=lambda row: (row.told_at, row.id), default=None)
    return {
        "limits_state": limits_state(limits, told),
        "limits_told_at": last.told_at if last else None,
        "limits_told_by": last.told_by if last else None,
        "limits_again_on": limits.ask_again_on if limits else None,
        "cards_told": len(told),
        "cards_in_all": max(len(current_cards()), len(told)),
        "questions_open": sum(is_open(row) for row in told.values()),
    }


def _consent_counts(consents: Iterable[Consent]) -> dict[str, object]:
    given = [each for each in consents if each.state == ConsentState.GIVEN and each.kind != ConsentKind.LIMITS]
    return {
        "consents_given": len(given),
        "consent_ends_at": min((each.until for each in given if each.until), default=None),
        "consent_again_on": min((each.ask_again_on for each in given if each.ask_again_on), default=None),
    }
