"""Coming in to work for the first time and after, in a real browser (AUTH-1, AUTH-2, UI-3)."""

from __future__ import annotations

import pytest

from careplan.accounts.models import User
from careplan.accounts.roles import Role
from careplan.accounts.services import NewStaff, add_practice, add_staff, enrol_totp
from tests import world as linden
from tests.journeys.browser import PHONE, SMALL, Person, at_browser, every_look, six_digits

pytestmark = pytest.mark.journey
PASSWORD = "heron lantern thimble"
EMAIL = "ines@mill.example"


def hire(*practices: str) -> User:
    """Somebody works in these practices, and has never signed in."""
    new = NewStaff(name="Ines Calloway", first_name="Ines", email=EMAIL, password=PASSWORD)
    for name in practices:
        practice = add_practice(name=name, country="NZ", time_zone="Pacific/Auckland")
        add_staff(practice=practice, new=new, roles=[Role.THERAPIST, Role.PRACTICE_LEAD])
    return User.objects.with_email(EMAIL).get()


def give_password(person: Person, email: str = EMAIL, password: str = PASSWORD) -> None:
    person.open("/practice/sign-in/")
    person.type("Work e-mail", email)
    person.type("Password", password)
    person.click("button", "Go on")


@every_look
def test_the_first_day(live_url, screen, scheme):
    hire("Mill Lane")
    with at_browser(live_url, screen, scheme) as person:
        give_password(person)
        person.look("staff-set-up")
        drawn = "document.querySelector('main img').naturalWidth > 100"
        assert person.page.evaluate(drawn), "the picture of the key is drawn"
        key = person.page.locator("main code").first.inner_text().replace(" ", "")
        person.type("Six digits your app shows now", "000000")
        person.click("button", "Go on")
        person.look("staff-set-up-error")
        person.type("Six digits your app shows now", six_digits(key))
        person.click("button", "Go on")
        person.look("staff-recovery-codes")
        assert person.page.locator("main code").count() == 10
        person.click("button", "I’ve kept them")
        person.page.wait_for_url(lambda address: "/sign-in/" not in address)
        person.open("/practice/confirm/")
        person.look("staff-confirm")


@every_look
def test_every_other_day(live_url, screen, scheme):
    with at_browser(live_url, screen, scheme) as person:
        person.open("/practice/sign-in/")
        person.look("staff-sign-in")
        give_password(person, linden.email("wren"), "not the password")
        person.look("staff-sign-in-error")
        give_password(person, linden.email("wren"), linden.PASSWORD)
        person.look("staff-second-step")
        person.click("link", "I’ve lost my phone: use a recovery code")
        person.look("staff-recovery-code")
        person.click("link", "Use the digits from my app")
        person.type("Six digits from your app", six_digits())
        person.click("button", "Sign in")
        person.page.wait_for_url(lambda address: "/sign-in/" not in address)
        assert "/sign-in/" not in person.page.url


def test_two_practices_are_told_apart_and_fit_a_small_phone(live_url):
    user = hire("Mill Lane", "Quay House")
    enrol_totp(user=user, secret=linden.TOTP_SECRET)
    with at_browser(live_url, SMALL) as person:
        give_password(person)
        person.type("Six digits from your app", six_digits())
        person.click("button", "Sign in")
        person.look("staff-choose-practice")
        person.choose("Quay House")
        person.click("button", "Go on")
        person.page.wait_for_url(lambda address: "/sign-in/" not in address)


def test_it_works_without_scripts(live_url):
    """UI-3: enhancement only."""
    with at_browser(live_url, PHONE, scripted=False) as person:
        person.sign_in("wren")
        assert person.open("/practice/confirm/").status == 200


def test_the_door_fits_the_smallest_phone(live_url):
    hire("Mill Lane")
    with at_browser(live_url, SMALL) as person:
        give_password(person)
        person.look("staff-set-up-small")
