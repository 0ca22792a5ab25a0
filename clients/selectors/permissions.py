"""A client's own permissions, and who sees what now: for their own pages and for the practice's (CONS-9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship, CareRole
from careplan.accounts.models import StaffMember
from careplan.errors import NotYours
from careplan.hooks import Words
from clients.consents.texts import TextParts, parts_of
from clients.models import (
    KEPT_BY_PEOPLE,
    OPEN_STATES,
    Consent,
    ConsentKind,
    ConsentState,
    Disclosure,
    Effect,
    Hidden,
)
from clients.selectors.quiet import Tucked

CLASS_WORDS: dict[str, Words] = {
    DataClass.BILLING: _("Days we met, and the code"),
    DataClass.PLAN: _("My goals and plan"),
    DataClass.NOTE: _("Notes"),
    DataClass.MESSAGE: _("Messages"),
    DataClass.MEASURE: _("How I rate things"),
}
ANSWERS: dict[str, Words] = {
    ConsentState.GIVEN: _("Yes"),
    ConsentState.DECLINED: _("No thanks"),
    ConsentState.NOT_NOW: _("Not now"),
    ConsentState.WITHDRAWN: _("Stopped"),
    ConsentState.EXPIRED: _("Ended"),
}
HIDDEN = (ConsentState.DRAFT, ConsentState.LAPSED, ConsentState.REPLACED, ConsentState.ENTERED_IN_ERROR)


@dataclass(frozen=True)
class PermissionCard:
    """One permission as its card shows it. `stands_anyway`: stopped, another yes to the same would still stand."""

    id: UUID
    kind: ConsentKind
    forbids: bool
    state: ConsentState
    parts: TextParts
    recipient: str
    scope: tuple[str, ...]
    since: datetime
    at: datetime
    until: datetime | None
    limits: str
    limits_kept_how: str
    waits_for_setup: bool
    question: str
    answer: str
    stands_anyway: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state in OPEN_STATES

    @property
    def is_given(self) -> bool:
        """Whether it was given and not stopped."""
        return self.state == ConsentState.GIVEN

    @property
    def last_day(self) -> datetime | None:
        """A moment of the last day on which it counts."""
        return self.until - timedelta(seconds=1) if self.until else None

    @property
    def answer_words(self) -> Words:
        """The answer as it is said back."""
        if self.is_given and self.limits:
            return _("Yes, with changes")
        return ANSWERS.get(self.state, self.state.label)

    @property
    def may_shrink(self) -> bool:
        """Whether there is less of it to say yes to."""
        return self.is_given and not self.forbids and (len(self.scope) > 1 or self.until is not None)


@dataclass(frozen=True)
class MyPermissions:
    """What waits, what was said yes to, what is forbidden, and what was said no to or has ended."""

    waiting: tuple[PermissionCard, ...]
    on: tuple[PermissionCard, ...]
    forbidden: tuple[PermissionCard, ...]
    past: tuple[PermissionCard, ...]


def my_permissions(client_id: UUID, by: Actor, shows: Tucked) -> MyPermissions:
    """Everything that was asked of this person, but for whom is tucked away. Two queries."""
    rows = _own(client_id, by).exclude(state__in=HIDDEN).order_by("-state_at", "-id")
    now, anyway = _decided(client_id)
    seen = shows.kept(rows, Hidden.ORGANISATION, lambda row: row.recipient)
    cards = [_card(row, stands_anyway=row.id in anyway) for row in seen]
    on = [each for each in cards if each.is_given and each.id in now]
    return MyPermissions(
        waiting=tuple(each for each in cards if each.is_open),
        on=tuple(each for each in on if not each.forbids),
        forbidden=tuple(each for each in on if each.forbids),
        past=tuple(each for each in cards if not each.is_open and each not in on),
    )


def one_permission(client_id: UUID, consent_id: UUID, by: Actor) -> PermissionCard:
    """One of them. One query. Raises NotYours."""
    row = _own(client_id, by).filter(id=consent_id).first()
    if row is None:
        raise NotYours
    return _card(row)


@dataclass(frozen=True)
class Told:
    """Something that was told to somebody, as its line shows it."""

    what: str
    recipient: str
    why: str
    basis: str
    at: datetime


def told_to(client_id: UUID, recipient: str) -> list[Told]:
    """What went to a recipient so far, newest first. One query."""
    rows = Disclosure.objects.filter(client_id=client_id, recipient__iexact=recipient).order_by("-told_on", "-id")
    return [Told(row.what, row.recipient, row.why, row.get_basis_display(), row.told_on) for row in rows]


@dataclass(frozen=True)
class Seer:
    """Somebody outside, and which kinds of information they may get now, in the order of the columns."""

    name: str
    sees: tuple[bool, ...]

    @property
    def sees_something(self) -> bool:
        """Whether anything goes to them."""
        return any(self.sees)


@dataclass(frozen=True)
class SharingNow:
    """The decision for everybody outside who was ever asked about, kind by kind."""

    kinds: tuple[Words, ...]
    seers: tuple[Seer, ...]

    @property
    def rows(self) -> list[tuple[Words, list[bool]]]:
        """The same the other way round: for each kind, who sees it."""
        return [(kind, [seer.sees[place] for seer in self.seers]) for place, kind in enumerate(self.kinds)]


def therapists(client_id: UUID) -> list[str]:
    """The names of those who lead the care, as the client knows them. One query."""
    leads = CareRelationship.objects.filter(client_id=client_id, role=CareRole.LEAD, until=None)
    rows = StaffMember.objects.filter(person_id__in=leads.values("person_id"), until=None)
    return list(rows.order_by("first_name").values_list("first_name", flat=True).distinct())


SHARING = """
    select min(r.recipient), c.place,
           bool_or((guard.permits_now(%(client)s, r.kind, r.recipient, c.cls)).decision = 'PERMIT')
      from (select distinct on (kind, lower(recipient)) kind, recipient from clients_consent
             where client_id = %(client)s and kind = any (%(kinds)s) and recipient <> ''
               and state in ('given', 'withdrawn', 'expired')) r
     cross join unnest(%(classes)s::text[]) with ordinality c(cls, place)
     group by lower(r.recipient), c.place
     order by 1, 2
"""


def sharing_now(client_id: UUID, shows: Tucked | None = None) -> SharingNow:
    """Who outside may get what at this moment, by the one decision; in the client's own pages as they show it.

    One query.
    """
    classes = [str(each) for each in CLASS_WORDS]
    with connection.cursor() as cursor:
        kinds = [str(ConsentKind.BILLING), str(ConsentKind.RELEASE)]
        cursor.execute(SHARING, {"client": client_id, "kinds": kinds, "classes": classes})
        found: dict[str, list[bool]] = {}
        for recipient, _place, sees in cursor.fetchall():
            found.setdefault(recipient, []).append(sees)
    named = shows.kept(found, Hidden.ORGANISATION, lambda name: name) if shows else list(found)
    return SharingNow(tuple(CLASS_WORDS.values()), tuple(Seer(name, tuple(found[name])) for name in named))


DECIDED = """
    select c.id, c.effect = 'permit'
           and (guard.permits_now(%(client)s, c.kind, c.recipient, null, null, c.id)).decision = 'PERMIT'
      from clients_consent c
     where c.client_id = %(client)s and c.state = 'given' and c.starts_at <= guard.now()
       and (c.until is null or guard.now() < c.until)
"""


def _decided(client_id: UUID) -> tuple[set[UUID], set[UUID]]:
    """The consents whose time it is, and those without which the answer would still be yes (“What if I stop this?”)."""
    with connection.cursor() as cursor:
        cursor.execute(DECIDED, {"client": client_id})
        rows = cursor.fetchall()
    return {row[0] for row in rows}, {row[0] for row in rows if row[1]}


def _own(client_id: UUID, by: Actor) -> QuerySet[Consent]:
    if by.person_id is None:
        raise NotYours
    rows = Consent.objects.filter(client_id=client_id, person_id=by.person_id)
    return rows.exclude(kind=ConsentKind.LIMITS).exclude(text_shown="")


def _card(row: Consent, *, stands_anyway: bool = False) -> PermissionCard:
    return PermissionCard(
        id=row.id,
        kind=ConsentKind(row.kind),
        forbids=row.effect == Effect.DENY,
        state=ConsentState(row.state),
        parts=parts_of(row.text_shown),
        recipient=row.recipient,
        scope=tuple(row.scope),
        since=row.starts_at,
        at=row.state_at,
        until=row.until,
        limits=row.limits,
        limits_kept_how=row.limits_kept_how,
        waits_for_setup=bool(row.limits) and row.limits_kept_at is None and row.kind not in KEPT_BY_PEOPLE,
        question=row.questions,
        answer=row.answers,
        stands_anyway=stands_anyway,
    )
