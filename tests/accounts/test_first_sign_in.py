"""AUTH-1: the first sign-in sets up the second step, before anything else can be reached."""

from __future__ import annotations

import re

import pytest

from careplan.accounts.models import Practice
from careplan.accounts.second_factor import has_second_factor, remove_second_factor, unused_recovery_codes

from .conftest import SET_UP, SIGN_IN, Browser, Staff, events, hire

pytestmark = pytest.mark.committed


def key_on(page: bytes) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page.decode())
    assert found
    return found[1].replace(" ", "")


def test_the_first_sign_in_sets_up_the_second_step_and_shows_recovery_codes_once(browser: Browser, orchard: Practice):
    user = hire(orchard)
    assert browser.give_password(user.email, next="/practice/confirm/").headers["Location"] == SET_UP
    assert not browser.is_in
    staff = Staff(user=user, secret=key_on(browser.get(SET_UP).content), codes=[])
    answer = browser.post(SET_UP, {"code": staff.digits()})
    assert answer.headers["Location"] == "/practice/recovery-codes/"
    assert has_second_factor(user)
    shown = browser.get("/practice/recovery-codes/").content.decode()
    assert all(f"{code[:5]} {code[5:]}" in shown for code in unused_recovery_codes(user))
    assert browser.post("/practice/recovery-codes/").headers["Location"] == "/practice/confirm/"
    assert browser.is_in
    again = browser.get("/practice/recovery-codes/")
    assert (again.status_code, again.headers["Location"]) == (303, "/")
    said = ["password_accepted", "second_factor_enrolled", "recovery_codes_made", "signed_in"]
    assert events(user.pk) == said


def test_wrong_digits_set_nothing_up(browser: Browser, orchard: Practice):
    user = hire(orchard)
    browser.give_password(user.email)
    secret = key_on(browser.get(SET_UP).content)
    answer = browser.post(SET_UP, {"code": Staff(user, secret, []).wrong_digits()})
    assert answer.status_code == 422
    assert key_on(answer.content) == secret
    assert not has_second_factor(user)
    assert not browser.is_in


def test_the_digits_that_set_it_up_do_not_sign_in_again(browser: Browser, orchard: Practice):
    user = hire(orchard)
    browser.give_password(user.email)
    staff = Staff(user, key_on(browser.get(SET_UP).content), [])
    digits = staff.digits()
    browser.post(SET_UP, {"code": digits})
    another = Browser("192.0.2.2")
    another.give_password(user.email)
    assert another.give_code(digits).status_code == 422


def test_the_key_is_a_picture_from_our_own_address_without_anything_inline(browser: Browser, orchard: Practice):
    user = hire(orchard)
    browser.give_password(user.email)
    page = browser.get(SET_UP).content.decode()
    assert 'src="/practice/sign-in/set-up/picture.svg"' in page
    assert "data:" not in page
    assert "style=" not in page
    picture = browser.get("/practice/sign-in/set-up/picture.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture.headers["Cache-Control"]
    assert b"style" not in picture.content
    assert b"<svg" in picture.content


def test_the_key_on_its_way_lies_sealed_in_the_session(browser: Browser, orchard: Practice):
    browser.give_password(hire(orchard).email)
    secret = key_on(browser.get(SET_UP).content)
    assert secret not in str(dict(browser.session.items()))


def test_who_lost_phone_and_codes_starts_over_after_the_operator_helped(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    remove_second_factor(user=wren.user)
    assert not browser.is_in
    assert browser.give_password(wren.email).headers["Location"] == SET_UP
    assert events(wren.user.pk)[-2:] == ["second_factor_removed", "password_accepted"]


def test_a_sign_in_that_waits_too_long_starts_over(browser: Browser, wren: Staff, clock):
    browser.give_password(wren.email)
    clock.shift(15 * 60 + 1)
    assert browser.give_code(wren.digits()).headers["Location"] == SIGN_IN
