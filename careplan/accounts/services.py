"""Making practices, people and staff, and closing a way in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careplan.access.operator import operator_connection
from careplan.accounts.door_log import note
from careplan.accounts.models import Person, Practice, SigninKind, StaffMember, User
from careplan.accounts.roles import Role
from careplan.accounts.second_factor import enrol_totp, make_recovery_codes, remove_second_factor
from careplan.errors import Refused

__all__ = [
    "NewStaff",
    "add_person",
    "add_practice",
    "add_staff",
    "add_user",
    "disable_user",
    "enable_user",
    "end_employment",
    "enrol_totp",
    "grant_role",
    "make_recovery_codes",
    "remove_second_factor",
]


@dataclass(frozen=True)
class NewStaff:
    """What a practice knows of somebody on their first day."""

    name: str
    first_name: str
    email: str
    password: str
    title: str = ""


def add_practice(
    *, name: str, country: str, time_zone: str, language: str = "en", modules_off: Iterable[str] = ()
) -> Practice:
    """Returns the new practice; refuses an unknown country code or time zone."""
    if not name.strip():
        raise Refused(_("A practice needs a name."))
    if len(country) != 2 or not country.isalpha() or not country.isascii():
        raise Refused(_("The country is a code of two letters, such as US or NZ."))
    if time_zone not in available_timezones():
        raise Refused(f"There is no time zone called {time_zone}; they look like Pacific/Auckland.")
    zone = ZoneInfo(time_zone).key
    return Practice.objects.create(
        name=name.strip(),
        country=country.upper(),
        time_zone=zone,
        language=language,
        modules_off=sorted(modules_off),
    )


def add_person() -> Person:
    """Returns a new person: an id, and nothing about who or what they are."""
    return Person.objects.create()


def add_user(*, person: Person, email: str, password: str) -> User:
    """Returns the person's way in; refuses a taken address and a weak password with a sentence."""
    check_email(email)
    check_password(password)
    user = User(person=person, email=email.strip())
    user.set_password(password)
    user.save(force_insert=True)
    return user


def add_staff(*, practice: Practice, new: NewStaff, roles: Iterable[Role], by: UUID | None = None) -> StaffMember:
    """Returns the new member of staff, with a way in and roles.

    `by` is the person who hires; None is the operator's command, which grants roles with the owner's address.
    Somebody who signs in already (for another practice) keeps their password.
    """
    wanted = frozenset(Role(role) for role in roles)
    if not wanted:
        raise Refused(_("A member of staff needs at least one role."))
    if not new.name.strip() or not new.first_name.strip():
        raise Refused(_("A member of staff needs a name and a first name."))
    with transaction.atomic():
        person = _person_signing_in(new)
        member = _employ(practice=practice, person=person, new=new)
    for role in sorted(wanted):
        grant_role(practice_id=practice.pk, person_id=person.pk, role=role, by=by)
    return member


def grant_role(*, practice_id: UUID, person_id: UUID, role: Role, by: UUID | None = None) -> UUID:
    """Returns the id of the granted role. `by` acts in this transaction; None is the operator's command."""
    granted: UUID = _guard("grant_role", [practice_id, person_id, str(role), by], by=by)
    return granted


def end_employment(*, member: StaffMember, by: UUID | None = None) -> None:
    """Ends somebody's work for a practice at once: the roles, and every session they have."""
    with transaction.atomic():
        StaffMember.objects.filter(pk=member.pk, until=None).update(until=timezone.now())
        user = User.objects.filter(person_id=member.person_id).first()
        if user is not None:
            user.sessions.all().delete()
            note(SigninKind.SESSION_ENDED, user=user, by=by)
    for role in Role:
        _guard("end_role", [member.practice_id, member.person_id, str(role), by], by=by)


def disable_user(*, user: User, by: UUID | None = None) -> None:
    """Closes the user's way in at once: no sign-in, and every session ends."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)
        user.sessions.all().delete()
        note(SigninKind.DISABLED, user=user, by=by)


def enable_user(*, user: User, by: UUID | None = None) -> None:
    """Opens the user's way in again."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)
        note(SigninKind.ENABLED, user=user, by=by)


def _person_signing_in(new: NewStaff) -> Person:
    known = User.objects.with_email(new.email).select_related("person").first()
    if known is not None:
        return known.person
    person = add_person()
    add_user(person=person, email=new.email, password=new.password)
    return person


def _employ(*, practice: Practice, person: Person, new: NewStaff) -> StaffMember:
    if StaffMember.objects.filter(practice=practice, person=person, until=None).exists():
        raise Refused(f"{new.email} works for {practice.name} already.")
    return StaffMember.objects.create(
        practice=practice,
        person=person,
        name=new.name.strip(),
        first_name=new.first_name.strip(),
        title=new.title.strip(),
        email=new.email.strip(),
    )


def check_email(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as wrong:
        raise Refused(_("That is not an e-mail address.")) from wrong
    if User.objects.with_email(email).exists():
        raise Refused(_("This address can’t be used here. Ask for another one."))  # nor said whether somebody has it


def check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages)) from weak


def _guard(function: str, arguments: list[UUID | str | None], *, by: UUID | None) -> Any:
    call = f"select guard.{function}({', '.join(['%s'] * len(arguments))})"
    if by is None:
        with operator_connection() as operator:
            return _only(operator.execute(call, arguments).fetchone())
    with connection.cursor() as cursor:
        cursor.execute(call, arguments)
        return _only(cursor.fetchone())


def _only(row: tuple[Any, ...] | None) -> Any:
    return row[0] if row else None
