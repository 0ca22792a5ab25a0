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
    LimitsState,
)

TOLD_ENOUGH = (ConsentState.GIVEN, *OPEN_STATES)


def refresh_summary(client_id: UUID) -> None:
    """Writes what the consents and the directory say now. How many lead is kept by the database itself."""
    status = Client.objects.values_list("status", flat=True).get(client_id=client_id)
    consents = list(Consent.objects.filter(client_id=client_id, state__in=TOLD_ENOUGH))
    limits, told = limits_that_count(consents, LimitsCardTold.objects.filter(client_id=client_id))
    ClientSummary.objects.filter(client_id=client_id).update(
        status=status, **_limits_counts(limits, told), **_consent_counts(consents)
    )


def limits_that_count(
    consents: Iterable[Consent], tellings: Iterable[LimitsCardTold]
) -> tuple[Consent | None, dict[str, LimitsCardTold]]:
    """The limits record that counts, and the last telling of each card under it.

    The newest record counts, except that an earlier full telling stands until something is told anew.
    """
    by_record: dict[UUID, dict[str, LimitsCardTold]] = {}
    for row in sorted(tellings, key=lambda row: (row.told_at, row.id)):
        by_record.setdefault(row.consent_id, {})[row.card_key] = row
    records = sorted((each for each in consents if each.kind == ConsentKind.LIMITS), key=lambda each: each.made_at)
    begun = [each for each in records if each.id in by_record]
    limits = begun[-1] if begun else records[-1] if records else None
    return limits, by_record.get(limits.id, {}) if limits else {}


def limits_state(limits: Consent | None, told: dict[str, LimitsCardTold]) -> LimitsState:
    """How far the limits have been told."""
    if limits is None:
        return LimitsState.NOT_TOLD
    if limits.state == ConsentState.GIVEN:
        asked = any(_is_open(row) for row in told.values())
        return LimitsState.TOLD_WITH_QUESTIONS if asked else LimitsState.TOLD
    if told:
        return LimitsState.PARTLY_TOLD
    return LimitsState.NOT_NOW if limits.state == ConsentState.NOT_NOW else LimitsState.NOT_TOLD


def _limits_counts(limits: Consent | None, told: dict[str, LimitsCardTold]) -> dict[str, object]:
    last = max(told.values(), key=lambda row: (row.told_at, row.id), default=None)
    return {
        "limits_state": limits_state(limits, told),
        "limits_told_at": last.told_at if last else None,
        "limits_told_by": last.told_by if last else None,
        "limits_again_on": limits.ask_again_on if limits else None,
        "cards_told": len(told),
        "cards_in_all": max(len(current_cards()), len(told)),
        "questions_open": sum(_is_open(row) for row in told.values()),
    }


def _is_open(row: LimitsCardTold) -> bool:
    return bool(row.question and not row.answer)


def _consent_counts(consents: Iterable[Consent]) -> dict[str, object]:
    given = [each for each in consents if each.state == ConsentState.GIVEN and each.kind != ConsentKind.LIMITS]
    return {
        "consents_given": len(given),
        "consent_ends_at": min((each.until for each in given if each.until), default=None),
    }
