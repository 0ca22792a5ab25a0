"""Who is signed in, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.db.models import Q, QuerySet
from django.utils import timezone

from careplan.access.models import StaffRole
from careplan.accounts.models import StaffMember
from careplan.accounts.roles import Role

PRACTICE_KEY = "practice"
SECOND_STEP_METHOD = "mfa"
_CACHED = "_careplan_staff_session"


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


def staff_session(request: Any) -> StaffSession | None:
    """Returns who is at work behind this request, or None without a second factor, a hat or a running employment."""
    if not hasattr(request, _CACHED):
        setattr(request, _CACHED, _staff_session(request))
    found: StaffSession | None = getattr(request, _CACHED)
    return found


def forget_staff_session(request: Any) -> None:
    """Lets the next question be answered anew, after the session changed."""
    if hasattr(request, _CACHED):
        delattr(request, _CACHED)


def _staff_session(request: Any) -> StaffSession | None:
    practice = request.session.get(PRACTICE_KEY)
    if practice is None or not second_step_passed(request):
        return None
    member = _at_work(request.user.person_id).filter(practice_id=practice).select_related("practice").first()
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
        roles=_roles(member.person_id).get(member.practice_id, frozenset()),
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
    forget_staff_session(request)


def staff_named(person_ids: Iterable[UUID], *, practice_id: UUID) -> dict[UUID, StaffMember]:
    """Returns the practice's members of staff by person, former ones too, the running employment first."""
    members = StaffMember.objects.filter(practice_id=practice_id, person_id__in=list(person_ids))
    return {member.person_id: member for member in members.order_by("since")}


def staff_of(practice_id: UUID) -> QuerySet[StaffMember]:
    """Returns who works in the practice now, by name."""
    return StaffMember.objects.filter(_running(), practice_id=practice_id).order_by("name", "id")


def _at_work(person_id: UUID) -> QuerySet[StaffMember]:
    return StaffMember.objects.filter(_running(), person_id=person_id)


def _running() -> Q:
    now = timezone.now()
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def _roles(person_id: UUID) -> dict[UUID, frozenset[Role]]:
    held = StaffRole.objects.filter(_running(), person_id=person_id).values_list("practice_id", "role")
    by_practice: dict[UUID, set[Role]] = {}
    for practice_id, role in held:
        by_practice.setdefault(practice_id, set()).add(Role(role))
    return {practice_id: frozenset(roles) for practice_id, roles in by_practice.items()}
