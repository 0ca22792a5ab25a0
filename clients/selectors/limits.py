"""What was told about the limits of confidentiality, and the consents beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from clients.consents.cards import LimitsCard, card_texts
from clients.models import (
    OPEN_STATES,
    Consent,
    ConsentKind,
    ConsentState,
    How,
    LimitsCardTold,
    LimitsState,
    TeachBack,
)
from clients.selectors.staff import names_of
from clients.selectors.standing import limits_state, limits_that_count, seen_mark


@dataclass(frozen=True)
class CardLine:
    """One card: the words to read out (or the words that were), and what was said about it."""

    key: str
    title: str
    shares: str
    with_whom: str
    told_first: str
    told_at: datetime | None = None
    said_back: str = ""
    question: str = ""
    answer: str = ""

    @property
    def told(self) -> bool:
        """Whether it has been gone through."""
        return self.told_at is not None

    @property
    def question_is_open(self) -> bool:
        """Whether the client still waits for an answer."""
        return bool(self.question and not self.answer)


@dataclass(frozen=True)
class LimitsRecord:
    """The limits as they stand for one client."""

    state: LimitsState
    title: str
    review: str
    version: str
    again_after_months: int
    to_tell: tuple[CardLine, ...]
    told: tuple[CardLine, ...]
    all_cards: tuple[CardLine, ...]
    told_at: datetime | None
    told_by: str
    how: str
    told_in: str
    interpreter: str
    reading_aids: str
    teach_back: str
    again_on: date | None
    seen: str

    @property
    def in_all(self) -> int:
        """How many cards there are to be told."""
        return len(self.told) + len(self.to_tell)

    @property
    def is_told(self) -> bool:
        """Whether all of it has been told."""
        return self.state in (LimitsState.TOLD, LimitsState.TOLD_WITH_QUESTIONS)

    @property
    def is_due(self) -> bool:
        """Whether it is time to say it again."""
        return self.again_on is not None and self.again_on <= timezone.localdate()

    def told_of(self, card_key: str) -> CardLine | None:
        """One card as it was told, or None."""
        return next((line for line in self.told if line.key == card_key), None)


def limits_record(client_id: UUID) -> LimitsRecord:
    """What was told, what is still to tell, and how it went. Three queries."""
    texts = card_texts()
    limits, told = limits_that_count(_standing(client_id), LimitsCardTold.objects.filter(client_id=client_id))
    last = max(told.values(), key=lambda row: (row.told_at, row.id), default=None)
    names = names_of([last.told_by]) if last else {}
    return LimitsRecord(
        state=limits_state(limits, told),
        title=texts.title,
        review=texts.review,
        version=texts.version,
        again_after_months=texts.again_after_months,
        to_tell=tuple(_to_tell(card) for card in texts.cards if card.key not in told),
        told=tuple(map(_told, told.values())),
        all_cards=tuple(map(_to_tell, texts.cards)),
        told_at=last.told_at if last else None,
        told_by=names.get(last.told_by, "") if last else "",
        how=str(How(limits.how).label) if limits and limits.how else "",
        told_in=limits.told_in if limits else "",
        interpreter=limits.interpreter if limits else "",
        reading_aids=limits.reading_aids if limits else "",
        teach_back=TeachBack(limits.teach_back).label if limits and told else "",
        again_on=limits.ask_again_on if limits else None,
        seen=seen_mark(limits, told),
    )


def _standing(client_id: UUID) -> list[Consent]:
    standing = [ConsentState.GIVEN, *OPEN_STATES]
    return list(Consent.objects.filter(client_id=client_id, kind=ConsentKind.LIMITS, state__in=standing))


def _to_tell(card: LimitsCard) -> CardLine:
    return CardLine(card.key, card.title, card.shares, card.with_whom, card.told_first_words)


def _told(row: LimitsCardTold) -> CardLine:
    """The card with the words it had when it was told, whatever it says today."""
    said = json.loads(row.card_text)
    return CardLine(
        key=row.card_key,
        title=said["title"],
        shares=said["shares"],
        with_whom=said["with_whom"],
        told_first=said["told_first_words"],
        told_at=row.told_at,
        said_back=row.said_back,
        question=row.question,
        answer=row.answer,
    )
