"""Which limits record counts, and how far it has been told: one rule for services and screens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from clients.models import Consent, ConsentKind, ConsentState, LimitsCardTold, LimitsState


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
        asked = any(is_open(row) for row in told.values())
        return LimitsState.TOLD_WITH_QUESTIONS if asked else LimitsState.TOLD
    if told:
        return LimitsState.PARTLY_TOLD
    return LimitsState.NOT_NOW if limits.state == ConsentState.NOT_NOW else LimitsState.NOT_TOLD


def is_open(row: LimitsCardTold) -> bool:
    """Whether the client has asked about the card and not been answered."""
    return bool(row.question and not row.answer)


def seen_mark(limits: Consent | None, told: Mapping[str, LimitsCardTold]) -> str:
    """What a page about the limits was made from; another mark later means that something moved."""
    if limits is None:
        return "none"
    newest = max((str(row.id) for row in told.values()), default="")
    return f"{limits.id}.{limits.state}.{newest}"
