"""AUTH-2: somebody's own account: a new password, where they are signed in, and ending it elsewhere at once."""

from __future__ import annotations

import pytest
from django.test import Client

from careplan.accounts.devices import device_in_words
from careplan.accounts.models import Session, SigninEvent, User
from careplan.outgoing.models import Outgoing
from clients.models import BigSteps, How, Shows
from clients.services.quiet import QuietWish, set_quiet
from tests.accounts.conftest import PASSWORD as STAFF_PASSWORD
from tests.accounts.conftest import Browser, Staff
from tests.clients.town import Town
from tests.signed_in import browser, portal_browser
from tests.world import PASSWORD, email

pytestmark = pytest.mark.committed
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ACCOUNT = "/my/account/"
SIGN_OUT = "/my/account/devices/sign-out/"


def come_in(agent: str) -> Client:
    device = Client(headers={"user-agent": agent})
    assert device.post("/my/sign-in/", {"email": email("roz"), "password": PASSWORD}).status_code == 302
    return device


def devices(device: Client, page: str = ACCOUNT):
    return device.get(page).context["devices"]


def test_roz_sees_where_she_is_signed_in_and_signs_out_the_phone_she_lost(world):
    """AUTH-2: in coarse words, this one marked; the phone's next request finds nobody."""
    phone, desk = come_in(PHONE), come_in(DESKTOP)
    here, there = devices(desk)
    assert [(each.browser, each.system, each.is_this) for each in (here, there)] == [
        ("Firefox", "Windows", True),
        ("Safari", "iPhone", False),
    ]
    assert desk.post(SIGN_OUT, {"device": there.handle})["Location"] == ACCOUNT
    assert phone.get("/my/")["Location"].startswith("/my/sign-in/")
    assert desk.get("/my/").status_code == 200
    assert SigninEvent.objects.filter(kind="signed_out_elsewhere", person_id=world["roz_person"]).count() == 1


def test_signing_out_this_device_ends_where_nothing_is_said(world):
    roz = come_in(PHONE)
    (here,) = devices(roz)
    assert roz.post(SIGN_OUT, {"device": here.handle})["Location"] == "/left/"
    assert roz.get("/my/")["Location"].startswith("/my/sign-in/")


def test_nobody_ends_somebody_elses_session(world):
    """ACC-5: another person's handle is as good as none; and a page holds no session's key."""
    roz = come_in(PHONE)
    work = browser(world["wren"])
    (mine,) = devices(roz)
    work.post("/practice/account/devices/sign-out/", {"device": mine.handle})
    assert roz.get("/my/").status_code == 200
    assert roz.cookies["__Host-session"].value not in roz.get(ACCOUNT).content.decode()


def test_a_new_password_asks_for_the_present_one_and_ends_every_other_session(world):
    """AUTH-1, AUTH-2: this device stays in, under a new session key."""
    phone, desk = come_in(PHONE), come_in(DESKTOP)
    before = desk.cookies["__Host-session"].value
    page = "/my/account/password/"
    wrong = desk.post(page, {"present": "not it at all", "password": "a quiet orchard 71"})
    weak = desk.post(page, {"present": PASSWORD, "password": "password"})
    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert "not your password" in wrong.content.decode()
    done = desk.post(page, {"present": PASSWORD, "password": "a quiet orchard 71"}, follow=True)
    assert "counts from now" in done.content.decode()
    assert phone.get("/my/")["Location"].startswith("/my/sign-in/")
    assert not Session.objects.filter(session_key=before).exists()
    assert User.objects.get(email=email("roz")).check_password("a quiet orchard 71")


def test_a_sign_in_with_another_device_is_told_here_and_by_a_neutral_notice(world):
    """REM-8: the first time with each; not the very first, nor with one that was there before."""
    phone = come_in(PHONE)
    come_in(PHONE)
    assert "for the first time" not in phone.get("/my/").content.decode()
    assert not Outgoing.objects.exists()
    come_in(DESKTOP)
    assert "with Firefox, Windows for the first time" in phone.get("/my/").content.decode()
    assert "Firefox, Windows" in phone.get(ACCOUNT).content.decode()
    (told,) = Outgoing.objects.all()
    assert (told.kind, told.person_id) == ("new_sign_in", world["roz_person"])
    quiet(world, Shows.NOTHING)
    assert "for the first time" not in phone.get("/my/").content.decode()


def test_a_new_password_and_a_new_passkey_are_big_steps(world):
    """SAFE-7: kept for in person, neither is taken in the open pages, and the page says nothing of why."""
    roz = come_in(PHONE)
    pages = ("/my/account/password/", "/my/account/passkeys/add/")
    assert [roz.get(page).status_code for page in pages] == [200, 200]
    quiet(world, Shows.EVERYTHING, BigSteps.WITH_US)
    for page in pages:
        assert "This is done together." in roz.get(page).content.decode()
    kept = roz.post(pages[0], {"present": PASSWORD, "password": "a quiet orchard 71"})
    assert kept.status_code == 422
    assert User.objects.get(email=email("roz")).check_password(PASSWORD)


def quiet(world, shows, big_steps=BigSteps.HERE):
    town = Town(world)
    with town.opens("imani", "roz") as by:
        wish = QuietWish(shows, big_steps=big_steps)
        set_quiet(client_id=town["roz"], wish=wish, how=How.SAID_IN_SESSION, by=by)


def test_an_old_session_that_never_said_what_it_was_is_listed_too(world):
    (device,) = devices(portal_browser(world["roz_person"]))
    assert device.browser == "A browser"


@pytest.fixture
def work(wren: Staff) -> Browser:
    device = Browser()
    device.sign_in(wren)
    return device


def test_new_recovery_codes_ask_for_the_password_and_replace_the_old_ones(work: Browser, wren: Staff, clock):
    """AUTH-1: shown once, behind a password given lately."""
    clock.shift(5 * 60 + 1)
    assert work.post("/practice/account/recovery-codes/")["Location"].startswith("/practice/confirm/")
    work.post("/practice/confirm/", {"password": STAFF_PASSWORD})
    shown = work.post("/practice/account/recovery-codes/", follow=True)
    new = {code.replace(" ", "") for code in shown.context["codes"]}
    assert len(new) == 10
    assert not new & set(wren.codes)


def test_staff_have_the_same_pages(work: Browser):
    assert work.get("/practice/account/").context["codes_left"] == 10
    assert [device.is_this for device in devices(work, "/practice/account/")] == [True]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, ["Safari", "iPhone"]),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", ["Chrome", "Android"]),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", ["Edge", "Windows"]),
        ("curl/8", ["", ""]),
    ],
)
def test_a_device_is_named_as_coarsely_as_a_person_would(agent, words):
    assert device_in_words(agent) == words
