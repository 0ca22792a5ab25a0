"""Who works in a practice: invited, closed and opened again, gone. For its manager and its lead (ACC-12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from careplan.accounts.door_log import note
from careplan.accounts.invitations import Invite, invite
from careplan.accounts.models import Invitation, InvitationHat, Practice, SigninKind, StaffMember, User
from careplan.accounts.roles import Role
from careplan.accounts.selectors import StaffSession, roles_in, staff_of
from careplan.accounts.services import add_person, end_employment, grant_role
from careplan.errors import NotYours, Refused
from careplan.modules import modules

LOOKS_AFTER_STAFF = frozenset({Role.MANAGER, Role.PRACTICE_LEAD})
CANNOT_BE_USED = "This address can’t be invited here. Ask them for another one."
NOT_ONESELF = "This is about you. Ask a colleague who looks after the staff."


@dataclass(frozen=True)
class NewColleague:
    """What a practice knows of somebody it invites."""

    name: str
    first_name: str
    email: str
    title: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class StaffLine:
    """A member of staff as the practice sees them."""

    member: StaffMember
    roles: tuple[Role, ...]
    has_account: bool
    invited_until: datetime | None

    @property
    def roles_in_words(self) -> str:
        """The roles as a person reads them."""
        return ", ".join(role.label for role in self.roles)

    @property
    def state(self) -> str:
        """How their way in stands."""
        if self.member.closed_at is not None:
            return "Way in closed"
        if self.has_account:
            return "Works here"
        return "Invited" if self.invited_until else "The link ran out"


def ensure_looks_after_staff(staff: StaffSession | None) -> StaffSession:
    """Returns who is at work when staff are theirs to look after; raises NotYours for anybody else."""
    if staff is None or not staff.roles & LOOKS_AFTER_STAFF:
        raise NotYours
    return staff


def staff_lines(practice_id: UUID) -> list[StaffLine]:
    """Returns everybody who works in the practice, by name. Four queries."""
    members = list(staff_of(practice_id))
    people = [member.person_id for member in members]
    roles = roles_in(practice_id)
    known = set(User.objects.filter(person_id__in=people).values_list("person_id", flat=True))
    running = Invitation.objects.filter(
        practice_id=practice_id, person_id__in=people, accepted_at=None, replaced_at=None, expires_at__gt=timezone.now()
    )
    until = dict(running.values_list("person_id", "expires_at"))
    return [
        StaffLine(member, roles.get(member.person_id, ()), member.person_id in known, until.get(member.person_id))
        for member in members
    ]


def staff_line(practice_id: UUID, member_id: UUID) -> StaffLine:
    """Returns one of the practice's staff; raises NotYours for anybody else."""
    line = next((line for line in staff_lines(practice_id) if line.member.pk == member_id), None)
    if line is None:
        raise NotYours
    return line


def invite_colleague(*, practice_id: UUID, new: NewColleague, by: UUID) -> StaffMember:
    """Returns the new member of staff. They and their roles are there at once; their way in is theirs to make.

    Whoever signs in already, here or elsewhere and as whatever, is refused in one sentence that doesn't say so: they
    are added by the operator's command.
    """
    if not new.roles:
        raise Refused("Choose at least one role.")
    with transaction.atomic():
        if StaffMember.objects.filter(practice_id=practice_id, email__iexact=new.email, until=None).exists():
            raise Refused("Somebody with this address works here already.")
        if User.objects.with_email(new.email).exists():
            raise Refused(CANNOT_BE_USED)
        member = StaffMember.objects.create(
            practice_id=practice_id,
            person=add_person(),
            name=new.name.strip(),
            first_name=new.first_name.strip(),
            title=new.title.strip(),
            email=new.email.strip(),
        )
        _grant(member, new.roles, by)
        _invite(member, by)
        return member


def invite_again(*, member: StaffMember, by: UUID) -> None:
    """Sends a fresh link to somebody who hasn't made their way in yet; the former one no longer works."""
    _invite(member, by)


def close_way_in(*, member: StaffMember, by: UUID) -> None:
    """Closes somebody's way in to this practice at once, until it is opened again. Elsewhere nothing changes."""
    if member.person_id == by:
        raise Refused(NOT_ONESELF)
    with transaction.atomic():
        StaffMember.objects.filter(pk=member.pk, closed_at=None).update(closed_at=timezone.now(), closed_by_id=by)
        user = User.objects.filter(person_id=member.person_id).first()
        if user is not None:
            user.sessions.all().delete()  # of every hat: they come in again where they still may
        note(SigninKind.DISABLED, user=user, by=by)


def open_way_in(*, member: StaffMember, by: UUID) -> None:
    """Opens somebody's way in to this practice again."""
    with transaction.atomic():
        StaffMember.objects.filter(pk=member.pk).update(closed_at=None, closed_by=None)
        note(SigninKind.ENABLED, user=User.objects.filter(person_id=member.person_id).first(), by=by)


def let_go(*, member: StaffMember, by: UUID) -> None:
    """Ends somebody's work here at once: roles, sessions, and a link that was on its way."""
    if member.person_id == by:
        raise Refused(NOT_ONESELF)
    with transaction.atomic():
        Invitation.objects.filter(
            practice_id=member.practice_id, person_id=member.person_id, accepted_at=None, replaced_at=None
        ).update(replaced_at=timezone.now())
        end_employment(member=member, by=by)


def choose_modules(*, practice_id: UUID, on: Iterable[str]) -> None:
    """The practice uses these modules from now on, and no other that can be switched off."""
    off = sorted({module.key for module in modules} - set(on))
    Practice.objects.filter(pk=practice_id).update(modules_off=off)


def _grant(member: StaffMember, roles: Iterable[Role], by: UUID) -> None:
    for role in sorted(roles):
        grant_role(practice_id=member.practice_id, person_id=member.person_id, role=role, by=by)


def _invite(member: StaffMember, by: UUID) -> None:
    invite(invited=Invite(member.practice_id, member.person_id, InvitationHat.STAFF, member.email), by=by)
