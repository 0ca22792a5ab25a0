"""The doors at a real browser: a first link, passkeys, digits on a call, one's own account (AUTH-1, PLAN-16, UI-3)."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from clients.services.invite import invite_client
from tests.journeys.browser import (
    DARK,
    DESK,
    LIGHT,
    PHONE,
    Person,
    a_browser,
    at_browser,
    device,
    every_look,
)
from tests.plans_pages.room_pages import HERE, TYPED, Room
from tests.world import PASSWORD, actor, email

pytestmark = pytest.mark.journey
LOCK = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def has_a_lock(person: Person) -> None:
    """This device has a lock of its own: face, finger or PIN."""
    session = person.page.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": LOCK})


def link_by_hand(world) -> str:
    by = actor(world, "wren")
    with opened(by, clients=[world["tomek"]], classes={DataClass.IDENTITY, DataClass.CONTACT}, via="test"):
        return invite_client(client_id=world["tomek"], email="tomek@example.test", by_hand=True, by=by)


def give_password(person: Person, who: str, password: str = PASSWORD) -> None:
    person.open("/my/sign-in/")
    person.type("E-mail", email(who))
    person.type("Password", password)
    person.click("button", "Sign in")
    person.page.wait_for_url("**/my/**")


@pytest.mark.parametrize(("scheme", "scripted"), [(LIGHT, True), (DARK, False)], ids=["scripts", "none"])
def test_invited_begun_signed_out_and_in_again_on_a_phone(world, live_url, scheme, scripted):
    """AUTH-1: the link, a password, and in; with JavaScript and without."""
    link = link_by_hand(world)
    with at_browser(live_url, PHONE, scheme, scripted=scripted) as person:
        person.open(link)
        person.look("begin")
        person.type("Choose a password", "a quiet orchard 71")
        person.click("button", "Go on")
        person.page.wait_for_selector("text=Hello, Tomek")
        person.click("button", "Sign out")
        person.open("/my/sign-in/")
        assert person.find("button", "Use a passkey").count() == (1 if scripted else 0)
        person.look("my-sign-in")
        give_password(person, "tomek", "a quiet orchard 71")
        person.page.wait_for_selector("text=Hello, Tomek")
        person.open(link)
        person.look("link-ran-out")


@every_look
def test_ones_own_account(world, live_url, screen, scheme):
    """UI-3: every page of it, in every look."""
    with at_browser(live_url, screen, scheme) as person:
        has_a_lock(person)
        give_password(person, "roz")
        for name, path in {
            "my-account": "/my/account/",
            "my-password": "/my/account/password/",
            "my-passkey": "/my/account/passkeys/add/",
            "my-confirm": "/my/confirm/",
        }.items():
            person.open(path)
            person.look(name)


def test_a_client_adds_a_passkey_signs_out_and_comes_in_with_it(world, live_url):
    """AUTH-1: no password typed; the passkey also stands for it where it is asked again; removed, it opens nothing."""
    with at_browser(live_url, PHONE) as person:
        has_a_lock(person)
        give_password(person, "roz")
        person.open("/my/account/")
        person.click("link", "Add a passkey")
        person.type("A name for this device", "My phone")
        person.click("button", "Make a passkey")
        person.page.wait_for_selector("text=Your passkey is kept")
        person.look("my-account-passkey")
        person.click("button", "Sign out", within=person.page.locator("footer"))
        person.open("/my/sign-in/")
        person.click("button", "Use a passkey")
        person.page.wait_for_selector("text=Hello, Roz")
        person.open("/my/confirm/?next=/my/account/")
        person.look("my-confirm-passkey")
        person.click("button", "Use a passkey")
        person.page.wait_for_selector("h1:text('My account')")
        person.click("button", "Remove", exact=False)
        person.page.wait_for_selector("text=signs nobody in any more")
        person.click("button", "Sign out", within=person.page.locator("footer"))
        person.open("/my/sign-in/")
        person.click("button", "Use a passkey")
        person.page.wait_for_selector("text=isn’t known here")
        person.look("my-sign-in-unknown-passkey")


def test_at_work_a_passkey_is_both_factors(world, live_url):
    """AUTH-1: the device and what unlocks it; no six digits are asked."""
    with at_browser(live_url, DESK, DARK) as person:
        has_a_lock(person)
        person.sign_in("wren")
        person.open("/practice/account/passkeys/add/")
        person.look("staff-passkey")
        person.type("A name for this device", "Desk")
        person.click("button", "Make a passkey")
        person.page.wait_for_selector("text=Your passkey is kept")
        person.look("staff-account")
        person.click("button", "Sign out", within=person.page.locator(".rail"))
        person.open("/practice/sign-in/")
        person.look("staff-sign-in-passkey")
        person.click("button", "Use a passkey")
        person.page.wait_for_url("**/practice/")
        assert "sign-in" not in person.page.url


def test_a_manager_invites_a_colleague(world, live_url):
    with a_browser() as browser:
        for screen, scheme in [(DESK, LIGHT), (PHONE, DARK)]:
            with device(browser, live_url, screen, scheme) as person:
                person.sign_in("petra")
                person.open("/practice/staff/")
                person.look("staff-list")
                person.click("link", "Sol Marchetti")
                person.look("staff-member")
                person.open("/practice/staff/invite/")
                person.click("button", "Send the link")
                person.look("staff-invite-missing")


@contextmanager
def two_devices(url):
    with a_browser() as browser, device(browser, url, DESK) as desk, device(browser, url, PHONE, DARK) as phone:
        yield desk, phone


def test_read_out_on_a_call_and_answered_on_the_clients_own_phone(world, live_url):
    """PLAN-16: six digits, that sheet, four answers; the desk sees them; done means done."""
    room = Room(world)
    room.open()
    room.send({**TYPED, **HERE})
    with two_devices(live_url) as (desk, phone):
        desk.sign_in("wren")
        desk.open(room.url())
        desk.click("button", "Read it out")
        desk.look("call-before")
        desk.click("button", "Make six digits")
        code = re.search(r"only now\.\s+(\d{3} \d{3})", desk.text()).group(1)
        desk.look("call-digits")
        phone.open("/code/")
        phone.look("code")
        phone.type("The six digits you were told", "12")
        phone.click("button", "Go on")
        phone.look("code-error")
        phone.type("The six digits you were told", code)
        phone.click("button", "Go on")
        phone.page.wait_for_url("**/code/sheet/")
        phone.look("call-sheet")
        phone.answer("Yes", to=phone.page.locator(".sheet-line").first)
        phone.click("button", "Save my answers")
        phone.page.wait_for_selector("text=Your answers are kept")
        phone.look("call-sheet-answered")
        desk.open(room.url())
        assert "by phone or video" in desk.text().lower()
        phone.click("button", "I’m done")
        phone.page.wait_for_url("**/left/")
        phone.open("/code/sheet/")
        phone.page.wait_for_url("**/code/")
