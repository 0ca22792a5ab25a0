"""Licences of staff (SUP-1): typed by whoever holds them or a manager, checked by a manager or practice lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.models import StaffRole
from careplan.accounts.licence_model import Licence
from careplan.accounts.models import StaffMember
from careplan.accounts.roles import Role
from careplan.accounts.selectors import staff_of
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused

KEEPERS = frozenset({Role.MANAGER, Role.PRACTICE_LEAD})
NOTICE = (90, 60, 30)


@dataclass(frozen=True)
class NewLicence:
    """What a licence says. Without a last day it has none."""

    kind: str
    number: str
    jurisdiction: str
    expires_on: date | None = None


@dataclass(frozen=True)
class LicenceLine:
    """One licence as a page shows it; `days_left` is None without a last day, and below zero once it has passed."""

    id: UUID
    person_id: UUID
    name: str
    kind: str
    number: str
    jurisdiction: str
    expires_on: date | None
    days_left: int | None
    verified_at: datetime | None
    verified_by: str

    @property
    def is_soon(self) -> bool:
        """Whether it ends within the first notice, or has ended."""
        return self.days_left is not None and self.days_left <= NOTICE[0]

    @property
    def ends(self) -> str:
        """When it ends, as people say it."""
        if self.days_left is None:
            return "no last day"
        if self.days_left < 0:
            return "has ended"
        return "ends today" if self.days_left == 0 else f"ends in {self.days_left} days"


def keeps_licences(by: Actor) -> bool:
    """Says whether somebody keeps everybody's licences here: a manager or a practice lead. One query."""
    return _keepers(by).exists()


def licences(by: Actor, *, everybody: bool) -> list[LicenceLine]:
    """The licences of the practice, or the person's own, soonest end first. Two queries."""
    me, practice_id = _at_work(by)
    people = {row.person_id: row.name for row in staff_of(practice_id)}
    rows = Licence.objects.filter(practice_id=practice_id, ended_at=None, person_id__in=people)
    rows = rows if everybody else rows.filter(person_id=me)
    return [_line(row, people) for row in rows.order_by("expires_on", "id")]


def licences_to_renew(by: Actor) -> list[LicenceLine]:
    """What ends within ninety days or has ended: one's own, and everybody's for whoever keeps them. One query."""
    me, practice_id = _at_work(by)
    here = StaffMember.objects.filter(practice_id=practice_id, person_id=OuterRef("person_id"), until=None)
    keeps = Exists(_keepers(by))
    soon = timezone.localdate() + timedelta(days=NOTICE[0])
    rows = Licence.objects.filter(practice_id=practice_id, ended_at=None, expires_on__lte=soon)
    rows = rows.annotate(name=Subquery(here.values("name")[:1])).filter(name__isnull=False)
    mine = rows.filter(Q(person_id=me) | keeps).order_by("expires_on", "id")
    return [_line(row, {row.person_id: row.name}) for row in mine]


def holders_of(qualifications: Iterable[str], people: Iterable[UUID]) -> dict[str, frozenset[UUID]]:
    """By qualification in lower case, who of these people holds it now: checked, its last day not past. One query."""
    wanted, today = {each.casefold() for each in qualifications}, timezone.localdate()
    valid = Licence.objects.filter(person_id__in=set(people), ended_at=None, verified_at__isnull=False)
    valid = valid.filter(Q(expires_on=None) | Q(expires_on__gte=today))
    found: dict[str, set[UUID]] = {each: set() for each in wanted}
    for kind, person_id in valid.values_list("kind", "person_id"):
        found.setdefault(kind.casefold(), set()).add(person_id)
    return {each: frozenset(found[each]) for each in wanted}


def add_licence(*, person_id: UUID, new: NewLicence, by: Actor) -> UUID:
    """The id of a further licence, one's own or, for whoever keeps them, a colleague's. It isn't checked by that."""
    _ensure_theirs_or_kept(person_id, by)
    me, practice_id = _at_work(by)
    if not staff_of(practice_id).filter(person_id=person_id).exists():
        raise NotYours
    said = {name: " ".join(clean_text(getattr(new, name)).split()) for name in ("kind", "number", "jurisdiction")}
    if not all(said.values()):
        raise Refused("A licence has a type, a number, and a place where it counts.")
    row = Licence.objects.create(
        practice_id=practice_id,
        person_id=person_id,
        **said,
        expires_on=new.expires_on,
        added_by=me,
    )
    return row.id


def verify_licence(*, licence_id: UUID, by: Actor) -> None:
    """Says that somebody who keeps licences has seen it where it is registered. Raises NotYours for anybody else."""
    if not keeps_licences(by):
        raise NotYours
    row = _running(licence_id, by)
    if row.verified_at is None:
        Licence.objects.filter(id=row.id).update(verified_at=timezone.now(), verified_by=by.person_id)


def end_licence(*, licence_id: UUID, by: Actor) -> None:
    """Ends a licence today; a renewed one is added anew. Its own holder may, and whoever keeps them."""
    row = _running(licence_id, by)
    _ensure_theirs_or_kept(row.person_id, by)
    Licence.objects.filter(id=row.id).update(ended_at=timezone.now(), ended_by=by.person_id)


def _running(licence_id: UUID, by: Actor) -> Licence:
    row = Licence.objects.filter(id=licence_id, practice_id=_at_work(by)[1]).first()
    if row is None or not (row.person_id == by.person_id or keeps_licences(by)):
        raise NotYours
    if row.ended_at is not None:
        raise Conflict("This licence has been ended meanwhile.")
    return row


def _ensure_theirs_or_kept(person_id: UUID, by: Actor) -> None:
    if person_id != by.person_id and not keeps_licences(by):
        raise NotYours


def _keepers(by: Actor) -> QuerySet[StaffRole]:
    me, practice_id = _at_work(by)
    return StaffRole.objects.filter(person_id=me, practice_id=practice_id, until=None, role__in=sorted(KEEPERS))


def _at_work(by: Actor) -> tuple[UUID, UUID]:
    if by.practice_id is None or by.person_id is None:
        raise NotYours
    return by.person_id, by.practice_id


def _line(row: Licence, people: dict[UUID, str]) -> LicenceLine:
    return LicenceLine(
        id=row.id,
        person_id=row.person_id,
        name=people[row.person_id],
        kind=row.kind,
        number=row.number,
        jurisdiction=row.jurisdiction,
        expires_on=row.expires_on,
        days_left=(row.expires_on - timezone.localdate()).days if row.expires_on else None,
        verified_at=row.verified_at,
        verified_by=people.get(row.verified_by, "Somebody") if row.verified_by else "",
    )
