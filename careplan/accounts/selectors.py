"""Who is signed in, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from careplan.access.models import StaffRole
from careplan.accounts.models import StaffMember
from careplan.accounts.roles import Role

PRACTICE_KEY = "practice"
RECORD_KEY = "own_record"
SECOND_STEP_METHOD = "mfa"
_CACHED = "_careplan_staff_session"
_CACHED_CLIENT = "_careplan_client_session"


@dataclass(frozen=True)
class StaffHat:
    """A practice somebody works in, and what they do there."""

    practice_id: UUID
    practice_name: str
    roles: frozenset[Role]

    @property
    def roles_in_words(self) -> str:
        """The roles as a person reads them."""
        return ", ".join(role.label for role in Role if role in self.roles)


@dataclass(frozen=True)
class StaffSession:
    """A member of staff at work: signed in with both factors, wearing one practice's hat."""

    user_id: UUID
    person_id: UUID
    practice_id: UUID
    practice_name: str
    time_zone: str
    name: str
    first_name: str
    title: str
    roles: frozenset[Role]
    modules_off: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ClientSession:
    """A client in their own pages: signed in, in the record that stands for them."""

    user_id: UUID
    person_id: UUID
    client_id: UUID
    practice_id: UUID
    practice_name: str
    modules_off: frozenset[str] = frozenset()


def client_session(request: Any) -> ClientSession | None:
    """Returns which client is behind this request, or None: nobody, staff, or a record that is no longer theirs."""
    if not hasattr(request, _CACHED_CLIENT):
        setattr(request, _CACHED_CLIENT, _client_session(request))
    found: ClientSession | None = getattr(request, _CACHED_CLIENT)
    return found


def _client_session(request: Any) -> ClientSession | None:
    record = request.session.get(RECORD_KEY)
    if record is None or not request.user.is_authenticated:
        return None
    mine = next((own for own in own_records(request.user.person_id) if str(own.client_id) == record), None)
    if mine is None:
        return None
    return ClientSession(
        user_id=request.user.pk,
        person_id=request.user.person_id,
        client_id=mine.client_id,
        practice_id=mine.practice_id,
        practice_name=mine.practice_name,
        modules_off=frozenset(mine.modules_off),
    )


@dataclass(frozen=True)
class OwnRecord:
    """A record that stands for somebody, and the practice that keeps it."""

    client_id: UUID
    practice_id: UUID
    practice_name: str
    since: datetime
    modules_off: tuple[str, ...] = ()


def own_records(person_id: UUID) -> list[OwnRecord]:
    """Returns the records that stand for the person now, the first begun first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select r.client_id, r.practice_id, p.name, r.since, p.modules_off from guard.records_of(%s) r "
            "join careplan_practice p on p.id = r.practice_id",
            [person_id],
        )
        return [OwnRecord(*row) for row in cursor.fetchall()]


def choose_record(request: Any, client_id: UUID) -> None:
    """Goes into the pages of this record for the rest of the session."""
    request.session[RECORD_KEY] = str(client_id)
    forget_session(request)


def staff_session(request: Any) -> StaffSession | None:
    """Returns who is at work behind this request, or None without a second factor, a hat or a running employment."""
    if not hasattr(request, _CACHED):
        setattr(request, _CACHED, _staff_session(request))
    found: StaffSession | None = getattr(request, _CACHED)
    return found


def forget_session(request: Any) -> None:
    """Lets the next question who is signed in be answered anew, after the session changed."""
    for cached in (_CACHED, _CACHED_CLIENT):
        if hasattr(request, cached):
            delattr(request, cached)


def _staff_session(request: Any) -> StaffSession | None:
    practice = request.session.get(PRACTICE_KEY)
    if practice is None or not second_step_passed(request):
        return None
    held = StaffRole.objects.filter(_running(), person_id=OuterRef("person_id"), practice_id=OuterRef("practice_id"))
    there = _at_work(request.user.person_id).filter(practice_id=practice).select_related("practice")
    member = there.annotate(held=ArraySubquery(held.values("role"))).first()
    if member is None:
        return None
    return StaffSession(
        user_id=request.user.pk,
        person_id=member.person_id,
        practice_id=member.practice_id,
        practice_name=member.practice.name,
        time_zone=member.practice.time_zone,
        name=member.name,
        first_name=member.first_name,
        title=member.title,
        roles=frozenset(map(Role, member.held)),
        modules_off=frozenset(member.practice.modules_off),
    )


def second_step_passed(request: Any) -> bool:
    """Returns whether this session was begun with both factors."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == SECOND_STEP_METHOD for record in records)


def hats_of(person_id: UUID) -> list[StaffHat]:
    """Returns the practices the person works in now, by name."""
    roles = _roles(person_id)
    members = _at_work(person_id).select_related("practice").order_by("practice__name", "practice_id")
    return [
        StaffHat(member.practice_id, member.practice.name, roles.get(member.practice_id, frozenset()))
        for member in members
    ]


def choose_practice(request: Any, practice_id: UUID) -> None:
    """Puts this practice's hat on for the rest of the session."""
    request.session[PRACTICE_KEY] = str(practice_id)
    forget_session(request)


def staff_named(person_ids: Iterable[UUID], *, practice_id: UUID) -> dict[UUID, StaffMember]:
    """Returns the practice's members of staff by person, former ones too, the running employment first."""
    members = StaffMember.objects.filter(practice_id=practice_id, person_id__in=list(person_ids))
    return {member.person_id: member for member in members.order_by("since")}


def staff_of(practice_id: UUID) -> QuerySet[StaffMember]:
    """Returns who works in the practice now, by name."""
    return StaffMember.objects.filter(_running(), practice_id=practice_id).order_by("name", "id")


def roles_in(practice_id: UUID) -> dict[UUID, tuple[Role, ...]]:
    """Returns what everybody does in a practice now, by person, in the table's order. One query."""
    held = StaffRole.objects.filter(_running(), practice_id=practice_id).values_list("person_id", "role")
    by_person: dict[UUID, set[Role]] = {}
    for person_id, role in held:
        by_person.setdefault(person_id, set()).add(Role(role))
    return {person_id: tuple(role for role in Role if role in roles) for person_id, roles in by_person.items()}


def _at_work(person_id: UUID) -> QuerySet[StaffMember]:
    return StaffMember.objects.filter(_running(), person_id=person_id, closed_at=None)


def _running() -> Q:
    now = timezone.now()
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def _roles(person_id: UUID) -> dict[UUID, frozenset[Role]]:
    held = StaffRole.objects.filter(_running(), person_id=person_id).values_list("practice_id", "role")
    by_practice: dict[UUID, set[Role]] = {}
    for practice_id, role in held:
        by_practice.setdefault(practice_id, set()).add(Role(role))
    return {practice_id: frozenset(roles) for practice_id, roles in by_practice.items()}
