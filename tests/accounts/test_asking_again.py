"""AUTH-2: before something weighty, the password again; within five minutes it is not asked twice."""

from __future__ import annotations

import pytest

from careplan.accounts.reauth import ask_again, check_password_again, confirmed_recently
from careplan.accounts.throttle import TooManyTries

from .conftest import PASSWORD, Browser, Staff, events

pytestmark = pytest.mark.committed
CONFIRM = "/practice/confirm/"


def request_of(browser: Browser):
    return browser.get(CONFIRM).wsgi_request


def test_the_password_counts_for_five_minutes(browser: Browser, wren: Staff, clock):
    browser.sign_in(wren)
    assert confirmed_recently(request_of(browser))
    clock.shift(5 * 60 + 1)
    assert not confirmed_recently(request_of(browser))
    assert browser.post(CONFIRM, {"password": PASSWORD, "next": "/left/"}).headers["Location"] == "/left/"
    assert confirmed_recently(request_of(browser))
    assert events(wren.user.pk)[-1] == "confirmed"


def test_a_wrong_password_confirms_nothing(browser: Browser, wren: Staff, clock):
    browser.sign_in(wren)
    clock.shift(5 * 60 + 1)
    answer = browser.post(CONFIRM, {"password": "wrong", "next": "/left/"})
    assert answer.status_code == 422
    assert "not your password" in answer.content.decode()
    assert not confirmed_recently(request_of(browser))
    assert events(wren.user.pk)[-1] == "confirmation_refused"


def test_five_wrong_passwords_must_wait(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    assert [browser.post(CONFIRM, {"password": "wrong"}).status_code for _ in range(6)] == [422] * 5 + [429]
    with pytest.raises(TooManyTries):
        check_password_again(request_for_post(browser), PASSWORD)


def request_for_post(browser: Browser):
    return browser.post(CONFIRM, {}).wsgi_request


def test_asking_again_leads_there_and_back_to_ours_only(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    way = ask_again(request_of(browser), "/clients/?a=b&c=d").url
    assert way == "/practice/confirm/?next=%2Fclients%2F%3Fa%3Db%26c%3Dd"
    assert 'value="/clients/?a=b&amp;c=d"' in browser.get(way).content.decode()
    assert browser.post(CONFIRM, {"password": PASSWORD, "next": "//evil.example"}).headers["Location"] == "/"


def test_another_persons_password_does_not_confirm(browser: Browser, wren: Staff, orchard):
    from .conftest import hire

    imani = hire(orchard, "Imani")
    imani.set_password("quite another password")
    imani.save()
    browser.sign_in(wren)
    assert browser.post(CONFIRM, {"password": "quite another password"}).status_code == 422


def test_nobody_signed_in_is_asked_nothing(browser: Browser, committed_database: str):
    assert not check_password_again(request_of(browser), PASSWORD)
    assert browser.post(CONFIRM, {"password": PASSWORD}).status_code == 302
