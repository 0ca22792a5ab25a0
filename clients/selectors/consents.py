"""The consents of an opened record as staff see them: the table, one of them, and what was told to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from careplan.access.models import Authority
from careplan.errors import NotYours
from clients.consents.packs import Pack
from clients.consents.texts import TextParts, parts_of
from clients.models import (
    KEPT_BY_PEOPLE,
    OPEN_STATES,
    Consent,
    ConsentKind,
    ConsentState,
    Disclosure,
    Effect,
    How,
    RecipientKind,
    TeachBack,
)
from clients.selectors.first_day import pack_here
from clients.selectors.staff import named_by


@dataclass(frozen=True)
class ConsentLine:
    """One consent in the table."""

    id: UUID
    is_limits: bool
    may_stop: bool
    may_renew: bool
    what: str
    to_whom: str
    state: str
    tag: str
    at: datetime
    until: datetime | None
    again_on: date | None
    how: str
    authority: str


RENEWED = (ConsentState.GIVEN, ConsentState.EXPIRED, ConsentState.WITHDRAWN)
TAGS = {
    ConsentState.GIVEN: "agreed",
    ConsentState.OFFERED: "open",
    ConsentState.DRAFT: "open",
    ConsentState.NOT_NOW: "waiting",
}


LIMITS_SAID = {
    ConsentState.OFFERED: "Told in part",
    ConsentState.GIVEN: "Told",
    ConsentState.NOT_NOW: "Left for later",
    ConsentState.REPLACED: "Told again since",
}


def consent_lines(client_id: UUID) -> list[ConsentLine]:
    """Every consent of the client, those that count first. One query."""
    hidden = (ConsentState.ENTERED_IN_ERROR, ConsentState.LAPSED)
    rows = list(Consent.objects.filter(client_id=client_id).exclude(state__in=hidden))
    rows.sort(key=lambda row: (row.state not in TAGS, -row.state_at.timestamp()))
    return [_consent(row) for row in rows]


def _consent(row: Consent) -> ConsentLine:
    limits = row.kind == ConsentKind.LIMITS
    practice = row.recipient_kind == RecipientKind.PRACTICE
    state = ConsentState(row.state)
    return ConsentLine(
        id=row.id,
        is_limits=limits,
        may_stop=row.state == ConsentState.GIVEN and not limits and row.effect == Effect.PERMIT,
        may_renew=bool(row.text_shown) and state in RENEWED and not (row.until is None and row.ask_again_on is None),
        what=ConsentKind(row.kind).label,
        to_whom="Nobody: told, not asked" if limits else "This practice" if practice else row.recipient,
        state=LIMITS_SAID.get(state, state.label) if limits else _state_words(row, state),
        tag="off" if _has_ended(row) else TAGS.get(state, "off"),
        at=row.state_at,
        until=row.until,
        again_on=row.ask_again_on if state == ConsentState.GIVEN and not limits else None,
        how=_how(row),
        authority=Authority(row.authority).label,
    )


def _has_ended(row: Consent) -> bool:
    return row.state == ConsentState.GIVEN and row.until is not None and row.until <= timezone.now()


def _state_words(row: Consent, state: ConsentState) -> str:
    if _has_ended(row):
        return "Ended"
    if row.effect == Effect.DENY and state == ConsentState.GIVEN:
        return "Forbids"
    if state == ConsentState.GIVEN and row.limits:
        return "Given, with changes"
    return state.label


def _how(row: Consent) -> str:
    words = [str(How(row.how).label)] if row.how else []
    words += [f"text {row.text_version}"]
    words += [f"in {row.told_in}"] if row.told_in else []
    words += [f"interpreter: {row.interpreter}"] if row.interpreter else []
    words += [row.reading_aids] if row.reading_aids else []
    words += ["said back"] if row.teach_back == TeachBack.SAID_BACK else []
    return ", ".join(words)


@dataclass(frozen=True)
class OneConsent:
    """One consent with everything about it."""

    id: UUID
    line: ConsentLine
    parts: TextParts
    pack: str
    since: datetime
    explained_by: str
    limits: str
    limits_kept_how: str
    limits_wait: bool
    own_words: str
    question: str
    answer: str
    ended_how: str
    is_open: bool
    is_given: bool
    forbids: bool


def one_consent(client_id: UUID, consent_id: UUID) -> OneConsent:
    """One of them. One query. Raises NotYours."""
    rows = Consent.objects.filter(client_id=client_id, id=consent_id).exclude(kind=ConsentKind.LIMITS)
    row = rows.annotate(explained=named_by("explained_by")).first()
    if row is None:
        raise NotYours
    return OneConsent(
        id=row.id,
        line=_consent(row),
        parts=parts_of(row.text_shown),
        pack=row.pack,
        since=row.starts_at,
        explained_by=str(vars(row)["explained"] or ""),
        limits=row.limits,
        limits_kept_how=row.limits_kept_how,
        limits_wait=bool(row.limits) and row.limits_kept_at is None and row.kind not in KEPT_BY_PEOPLE,
        own_words=row.own_words,
        question=row.questions,
        answer=row.answers,
        ended_how=str(How(row.ended_how).label) if row.ended_how else "",
        is_open=row.state in OPEN_STATES,
        is_given=row.state == ConsentState.GIVEN,
        forbids=row.effect == Effect.DENY,
    )


@dataclass(frozen=True)
class DisclosureLine:
    """Something that was told to somebody outside, as staff see it."""

    id: UUID
    what: str
    recipient: str
    told_to: str
    why: str
    basis: str
    ground: str
    facts: str
    through: str
    supervisor_told: str
    at: datetime
    by: str
    withheld_until: datetime | None
    withheld_why: str


@dataclass(frozen=True)
class Disclosures:
    """All of them, newest first, and the pack whose grounds can be named."""

    lines: tuple[DisclosureLine, ...]
    pack: Pack


def disclosures(client_id: UUID) -> Disclosures:
    """What was told to others. Two queries."""
    pack = pack_here(client_id)
    rows = Disclosure.objects.filter(client_id=client_id).annotate(who=named_by("made_by"))
    return Disclosures(tuple(_told(row, pack) for row in rows.order_by("-told_on", "-id")), pack)


def _told(row: Disclosure, pack: Pack) -> DisclosureLine:
    ground = pack.ground(row.basis_code)
    return DisclosureLine(
        id=row.id,
        what=row.what,
        recipient=row.recipient,
        told_to=row.told_to,
        why=row.why,
        basis=row.get_basis_display(),
        ground=ground.words if ground else row.basis_code.replace("_", " "),
        facts=row.facts,
        through=row.get_through_display(),
        supervisor_told=row.supervisor_told,
        at=row.told_on,
        by=str(vars(row)["who"] or "Somebody"),
        withheld_until=row.withheld_until if row.withheld_until and row.withheld_until > timezone.now() else None,
        withheld_why=row.withheld_why,
    )
