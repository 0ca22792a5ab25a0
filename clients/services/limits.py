"""Telling the limits of confidentiality, card by card, and writing down how it went (CONS-1, CONS-5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import Decider
from careplan.canonical import clean_text
from careplan.errors import Conflict, Refused
from careplan.ledger import record
from clients.consents.cards import CardTexts, LimitsCard, card_texts, current_cards
from clients.models import (
    OPEN_STATES,
    Consent,
    ConsentKind,
    ConsentState,
    How,
    LimitsCardTold,
    TeachBack,
)
from clients.selectors.standing import limits_that_count, seen_mark
from clients.services.change import Change, begin_change, clean_line, in_months
from clients.services.consent_moves import give, move_offer
from clients.services.summary import refresh_summary

PURPOSE = "To know beforehand when something might have to be told to somebody else"


@dataclass(frozen=True)
class CardTold:
    """One card that was gone through: what the client said back, and asked, and what they were answered."""

    key: str
    said_back: str = ""
    question: str = ""
    answer: str = ""


@dataclass(frozen=True)
class LimitsTelling:
    """How a telling went. `text_version` and `seen` are what the page showed; None is not checked.

    What `adds` to a full telling goes into it, and begins no other.
    """

    cards: tuple[CardTold, ...] = ()
    how: How | None = None
    told_in: str = ""
    interpreter: str = ""
    reading_aids: str = ""
    capacity: str = ""
    signature: str = ""
    again_on: date | None = None
    left_for_later: bool = False
    would_rather_not_say_back: bool = False
    text_version: str | None = None
    seen: str | None = None
    adds: bool = False


def record_limits(*, client_id: UUID, telling: LimitsTelling, by: Actor) -> UUID:
    """The id of the limits record the telling went into. Told in full, it counts as given and replaces the last one.

    Raises Refused when nothing was told or how is missing; Conflict when the cards or the record moved meanwhile.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    cards = tuple(_clean(card) for card in telling.cards)
    there, told = _as_it_stands(client_id)
    if there is not None and _is_repeat(telling, cards, there, told):
        return there.id
    _ensure_as_seen(telling, there, told)
    _ensure_tellable(telling, cards)
    added_to = there is not None and there.state == ConsentState.GIVEN and telling.adds
    row = there if there is not None and added_to else _open_record(change, there)
    fresh = {card.key: card for card in cards if not _same(card, told.get(card.key), row)}
    if added_to and not fresh:
        return row.id
    _write_cards(change, row, fresh)
    if added_to:
        _tell(change, row, "limits.told_in_part", *sorted(fresh))
    else:
        _settle(change, row, telling)
    refresh_summary(client_id)
    return row.id


def answer_question(*, client_id: UUID, card_key: str, answer: str, by: Actor) -> None:
    """Keeps what the client was answered to the question they had asked about a card."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    there, told = _as_it_stands(client_id)
    asked, said = told.get(card_key), clean_text(answer)
    if there is None or asked is None or not asked.question:
        raise Conflict("There is no open question about this card any more.")
    if not said:
        raise Refused("Write what they were answered.")
    if asked.answer == said:
        return
    _write_cards(change, there, {card_key: CardTold(card_key, asked.said_back, asked.question, said)})
    _tell(change, there, "limits.question_answered", card_key)
    refresh_summary(client_id)


def _as_it_stands(client_id: UUID) -> tuple[Consent | None, dict[str, LimitsCardTold]]:
    consents = Consent.objects.filter(client_id=client_id, kind=ConsentKind.LIMITS)
    standing = consents.filter(state__in=[ConsentState.GIVEN, *OPEN_STATES])
    return limits_that_count(standing, LimitsCardTold.objects.filter(client_id=client_id))


def _clean(card: CardTold) -> CardTold:
    return CardTold(card.key, clean_text(card.said_back), clean_text(card.question), clean_text(card.answer))


def _same(card: CardTold, row: LimitsCardTold | None, record_now: Consent) -> bool:
    return row is not None and row.consent_id == record_now.id and _words(card) == _words(row)


def _is_repeat(
    telling: LimitsTelling, cards: tuple[CardTold, ...], there: Consent, told: Mapping[str, LimitsCardTold]
) -> bool:
    """The same page sent twice: it has moved since it was shown, and every card is there in just these words."""
    if telling.seen is None or telling.seen == seen_mark(there, told) or not cards:
        return False
    return all(card.key in told and _words(card) == _words(told[card.key]) for card in cards)


def _words(card: CardTold | LimitsCardTold) -> tuple[str, str, str]:
    return card.said_back, card.question, card.answer


def _ensure_as_seen(telling: LimitsTelling, there: Consent | None, told: Mapping[str, LimitsCardTold]) -> None:
    if telling.text_version is not None and telling.text_version != card_texts().version:
        raise Conflict("The cards have new words since this page was opened. Please go through them once more.")
    if telling.seen is not None and telling.seen != seen_mark(there, told):
        raise Conflict("Something about the limits was written down meanwhile. Please look at both.")


def _ensure_tellable(telling: LimitsTelling, cards: tuple[CardTold, ...]) -> None:
    if any(card.key not in current_cards() for card in cards):
        raise Refused("One of these cards is not among the ones in use.")
    if any(card.answer and not card.question for card in cards):
        raise Refused("An answer needs the question it belongs to.")
    if not cards and not telling.left_for_later:
        raise Refused("Tick the cards you went through.")
    if cards and telling.how is None:
        raise Refused("Say how it was done.")


def _open_record(change: Change, there: Consent | None) -> Consent:
    given = there if there is not None and there.state == ConsentState.GIVEN else None
    open_one = Consent.objects.filter(
        client_id=change.client_id, kind=ConsentKind.LIMITS, state__in=OPEN_STATES
    ).first()
    return open_one or _begin_record(change, card_texts(), given)


def _begin_record(change: Change, texts: CardTexts, given: Consent | None) -> Consent:
    decider = Decider.objects.filter(client_id=change.client_id, until=None).order_by("since", "id")[0]
    return Consent.objects.create(
        **change.keys,
        person_id=decider.person_id,
        kind=ConsentKind.LIMITS,
        purpose=PURPOSE,
        starts_at=change.at,
        text_version=texts.version,
        text_sha256=texts.sha256,
        language=texts.language,
        explained_by=change.by,
        authority=decider.authority,
        replaces_id=given.id if given else None,
        state=ConsentState.OFFERED,
        made_at=change.at,
        made_by=change.by,
        state_at=change.at,
        state_by=change.by,
    )


def _write_cards(change: Change, row: Consent, cards: Mapping[str, CardTold]) -> None:
    texts, version = current_cards(), card_texts().version
    LimitsCardTold.objects.bulk_create(_card_row(change, row, texts[key], version, card) for key, card in cards.items())


def _card_row(change: Change, row: Consent, text: LimitsCard, version: str, card: CardTold) -> LimitsCardTold:
    return LimitsCardTold(
        **change.keys,
        consent_id=row.id,
        card_key=card.key,
        text_version=version,
        card_text=text.text,
        text_sha256=text.sha256,
        told_first=text.told_first,
        said_back=card.said_back,
        question=card.question,
        answer=card.answer,
        told_at=change.at,
        told_by=change.by,
    )


def _settle(change: Change, row: Consent, telling: LimitsTelling) -> None:
    """Writes how it went and makes the move that follows from what has been told."""
    told = LimitsCardTold.objects.filter(client_id=change.client_id, consent_id=row.id)
    keys, said_back = set(told.values_list("card_key", flat=True)), told.exclude(said_back="").exists()
    if not keys:
        if row.state == ConsentState.OFFERED:
            move_offer(row, "leave")
        _tell(change, row, "limits.left_for_later")
        return
    _write_how(change, row, telling, said_back)
    if keys >= set(current_cards()):
        again = _replaces_one(change)
        give(row, telling.how or How(row.how))
        _tell(change, row, "limits.told_again" if again else "limits.told", *sorted(keys))
    else:
        if row.state == ConsentState.NOT_NOW:
            move_offer(row, "offer")
        _tell(change, row, "limits.told_in_part", *sorted(keys))


def _write_how(change: Change, row: Consent, telling: LimitsTelling, said_back: bool) -> None:
    texts = card_texts()
    rather_not = TeachBack.RATHER_NOT if telling.would_rather_not_say_back else TeachBack.NOT_YET
    values = {
        "how": telling.how or row.how,
        "told_in": clean_line(telling.told_in) or row.told_in,
        "interpreter": clean_line(telling.interpreter) or row.interpreter,
        "reading_aids": clean_line(telling.reading_aids) or row.reading_aids,
        "capacity": clean_text(telling.capacity) or row.capacity,
        "signature": clean_line(telling.signature) or row.signature,
        "teach_back": TeachBack.SAID_BACK if said_back else rather_not,
        "ask_again_on": telling.again_on or in_months(change.at.date(), texts.again_after_months),
        "explained_by": row.explained_by if telling.how == How.OWN_HAND_PORTAL else change.by,
        "text_version": texts.version,
        "text_sha256": texts.sha256,
        "language": texts.language,
    }
    Consent.objects.filter(id=row.id).update(**values)


def _replaces_one(change: Change) -> bool:
    """Whether there is an earlier full telling, which this one ends."""
    given = Consent.objects.filter(client_id=change.client_id, kind=ConsentKind.LIMITS, state=ConsentState.GIVEN)
    return given.exists()


def _tell(change: Change, row: Consent, kind: str, *cards: str) -> None:
    record(
        kind=kind,
        client_id=change.client_id,
        object_type="consent",
        object_id=row.id,
        after=row.state,
        detail={"cards": list(cards)},
    )
