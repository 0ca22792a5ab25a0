"""People at the staff door."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from careplan.accounts.models import Practice, SigninEvent, User
from careplan.accounts.roles import Role
from careplan.accounts.second_factor import new_secret
from careplan.accounts.services import NewStaff, add_practice, add_staff, enrol_totp, make_recovery_codes

PASSWORD = "heron lantern thimble"
SIGN_IN = "/practice/sign-in/"
SECOND_STEP = "/practice/sign-in/second-step/"
SET_UP = "/practice/sign-in/set-up/"
PERIOD = 30


@dataclass
class Staff:
    """Somebody who works, with what only they know."""

    user: User
    secret: str
    codes: list[str]

    @property
    def email(self) -> str:
        return self.user.email

    def digits(self) -> str:
        """What their app shows now."""
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // PERIOD))

    def wrong_digits(self) -> str:
        """Six digits that their app shows neither now nor a little before or after."""
        now = int(time.time()) // PERIOD
        near = {format_hotp_value(hotp_value(self.secret, now + step)) for step in range(-2, 3)}
        return next(str(number) for number in range(100000, 100010) if str(number) not in near)


class Browser(Client):
    """A browser at the door, from an address of its own."""

    def __init__(self, address: str = "192.0.2.1") -> None:
        super().__init__(REMOTE_ADDR=address)

    def give_password(self, email: str, password: str = PASSWORD, **more: str):
        return self.post(SIGN_IN, {"email": email, "password": password, **more})

    def give_code(self, code: str, **more: str):
        return self.post(SECOND_STEP, {"code": code, **more})

    def sign_in(self, staff: Staff):
        assert self.give_password(staff.email).status_code == 302
        return self.give_code(staff.digits())

    @property
    def is_in(self) -> bool:
        """Whether a page for staff at work opens."""
        return self.get("/practice/confirm/").status_code == 200


def events(user_id: UUID | None = None) -> list[str]:
    """What was written down about somebody, in order."""
    lines = SigninEvent.objects.order_by("at", "id")
    return [line.kind for line in (lines.filter(user_id=user_id) if user_id else lines)]


@pytest.fixture
def orchard(committed_database: str) -> Practice:
    return add_practice(name="Orchard House", country="NZ", time_zone="Pacific/Auckland")


@pytest.fixture
def quay(committed_database: str) -> Practice:
    return add_practice(name="Quay House", country="NZ", time_zone="Pacific/Auckland")


def hire(practice: Practice, first_name: str = "Wren", role: Role = Role.THERAPIST) -> User:
    """Somebody begins to work, and has never signed in."""
    email = f"{first_name.lower()}@orchard.example"
    new = NewStaff(name=f"{first_name} Adeyemi-Holt", first_name=first_name, email=email, password=PASSWORD)
    return User.objects.get(person_id=add_staff(practice=practice, new=new, roles=[role]).person_id)


def equip(user: User) -> Staff:
    """Somebody has set up their second step."""
    secret = new_secret()
    enrol_totp(user=user, secret=secret)
    return Staff(user=user, secret=secret, codes=make_recovery_codes(user=user))


@pytest.fixture
def wren(orchard: Practice) -> Staff:
    return equip(hire(orchard))


@pytest.fixture
def browser(committed_database: str) -> Browser:
    return Browser()


@pytest.fixture
def clock(committed_database: str):
    """A clock that goes on, and can be moved."""
    with time_machine.travel(time.time(), tick=True) as traveller:
        yield traveller
