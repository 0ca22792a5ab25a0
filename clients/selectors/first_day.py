"""What the pack names for the first day, and how far a client has come with it (CONS-11a)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.accounts.models import Practice
from careplan.hooks import Words
from clients.consents.cards import card_texts
from clients.consents.packs import Pack, pack_for
from clients.consents.texts import parts_of
from clients.models import (
    OPEN_STATES,
    Client,
    Consent,
    ConsentKind,
    ConsentState,
    Hidden,
    LimitsCardTold,
    LimitsState,
)
from clients.selectors.quiet import tucked_away
from clients.selectors.standing import limits_state, limits_that_count

SAID: dict[str, Words] = {
    ConsentState.GIVEN: _("Yes"),
    ConsentState.DECLINED: _("No thanks"),
    ConsentState.NOT_NOW: _("Not now"),
    ConsentState.WITHDRAWN: _("Stopped"),
    ConsentState.EXPIRED: _("Ended"),
}


@dataclass(frozen=True)
class Step:
    """One of the at most five things. `consent_id` where it has been asked; cards are told, not asked."""

    number: int
    kind: ConsentKind
    title: str
    answered: bool
    said: Words
    consent_id: UUID | None = None
    card: str = ""


@dataclass(frozen=True)
class FirstDay:
    """The steps in the pack's order."""

    steps: tuple[Step, ...]
    review: str

    @property
    def begun(self) -> bool:
        """Whether everything that is asked has been asked."""
        return all(step.card or step.consent_id or step.answered for step in self.steps)

    @property
    def left(self) -> int:
        """How many wait for an answer."""
        return sum(not step.answered for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The first that waits."""
        return next((step for step in self.steps if not step.answered), None)


def pack_here(client_id: UUID) -> Pack:
    """The policy pack that this client's consents are asked by. One query."""
    practice = Practice.objects.filter(id=OuterRef("practice_id")).values("country")
    here = Client.objects.filter(client_id=client_id).annotate(practice_country=Subquery(practice))
    return pack_for(*here.values_list("practice_country", "country").get())


def first_day(client_id: UUID, by: Actor) -> FirstDay:
    """How far this person has come. Three queries."""
    pack = pack_here(client_id)
    rows = Consent.objects.filter(client_id=client_id, kind__in=pack.first_day).order_by("state_at", "id")
    rows = rows.exclude(state__in=[ConsentState.LAPSED, ConsentState.ENTERED_IN_ERROR, ConsentState.REPLACED])
    every = list(rows)
    latest = {row.kind: row for row in every if row.person_id == by.person_id}
    steps = [
        _limits_step(client_id, every, number)
        if kind == ConsentKind.LIMITS
        else _step(number, kind, pack, latest.get(kind))
        for number, kind in enumerate(pack.first_day, start=1)
    ]
    return FirstDay(tuple(steps), pack.review)


@dataclass(frozen=True)
class Waiting:
    """What a first page says of permissions: how many of the first day's things are left, and what else was asked."""

    left: int
    in_all: int
    asked: tuple[tuple[UUID, str], ...]


def waiting_permissions(by: Actor, client_id: UUID) -> Waiting | None:
    """What waits for this person, when they like; nothing when nothing does. Five queries."""
    day = first_day(client_id, by)
    rows = Consent.objects.filter(client_id=client_id, state=ConsentState.OFFERED)
    rows = rows.filter(person_id=by.person_id) if by.person_id else rows.none()
    others = rows.exclude(kind__in=[step.kind for step in day.steps]).exclude(text_shown="").order_by("made_at")
    shown = tucked_away(client_id).kept(others, Hidden.ORGANISATION, lambda row: row.recipient)
    asked = tuple((row.id, parts_of(row.text_shown).title) for row in shown)
    left = sum(not step.answered for step in day.steps)
    return Waiting(left, len(day.steps), asked) if left or asked else None


def _step(number: int, kind: ConsentKind, pack: Pack, row: Consent | None) -> Step:
    title = str(pack.texts[kind].parts["title"])
    if row is None:
        return Step(number, kind, title, answered=False, said="")
    answered = row.state not in (ConsentState.DRAFT, ConsentState.OFFERED)
    said = _("Yes, with changes") if row.state == ConsentState.GIVEN and row.limits else SAID.get(row.state, "")
    return Step(number, kind, title, answered, said, consent_id=row.id)


def _limits_step(client_id: UUID, rows: list[Consent], number: int) -> Step:
    standing = [row for row in rows if row.state in (ConsentState.GIVEN, *OPEN_STATES)]
    limits, told = limits_that_count(standing, LimitsCardTold.objects.filter(client_id=client_id))
    state, texts = limits_state(limits, told), card_texts()
    to_read = next((card.key for card in texts.cards if card.key not in told), texts.cards[0].key)
    read = state in (LimitsState.TOLD, LimitsState.TOLD_WITH_QUESTIONS)
    said = _("Read") if read else ""
    return Step(number, ConsentKind.LIMITS, texts.title, answered=read, said=said, card=to_read)
