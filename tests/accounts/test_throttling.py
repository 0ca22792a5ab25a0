"""AUTH-1: too many tries must wait, by account and by address, whatever is restarted."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.cache import cache

from careplan.accounts.services import disable_user

from .conftest import PASSWORD, SIGN_IN, Browser, Staff, events

pytestmark = pytest.mark.committed
WAIT = "Too many tries. Wait five minutes, then try again."


def fail(times: int, email: str = "somebody@orchard.example") -> list[int]:
    """So many wrong passwords, each from an address of its own."""
    return [Browser(f"198.51.100.{number}").give_password(email, "wrong").status_code for number in range(times)]


def test_an_account_has_five_tries_whatever_the_address(wren: Staff, clock):
    assert fail(5, wren.email) == [422] * 5
    answer = Browser("203.0.113.9").give_password(wren.email, PASSWORD)
    assert answer.status_code == 429
    assert WAIT in answer.content.decode()
    assert events()[-1] == "throttled"
    clock.shift(5 * 60 + 1)
    assert Browser("203.0.113.9").give_password(wren.email, PASSWORD).status_code == 302


def test_an_unknown_account_is_told_to_wait_just_the_same(committed_database: str):
    assert fail(6) == [422] * 5 + [429]


def test_an_address_has_thirty_tries_whatever_the_account(wren: Staff):
    browser = Browser("198.51.100.7")
    assert {browser.give_password(f"{number}@orchard.example", "x").status_code for number in range(30)} == {422}
    assert browser.give_password(wren.email, PASSWORD).status_code == 429
    assert Browser("198.51.100.8").give_password(wren.email, PASSWORD).status_code == 302


def test_the_right_password_costs_no_try(wren: Staff):
    assert fail(4, wren.email) == [422] * 4
    for _ in range(3):
        assert Browser().give_password(wren.email).status_code == 302


def test_the_second_step_has_five_tries_too(wren: Staff, clock):
    browser = Browser()
    browser.give_password(wren.email)
    assert [browser.give_code(wren.wrong_digits()).status_code for _ in range(5)] == [422] * 5
    assert browser.give_code(wren.digits()).status_code == 429
    another = Browser("198.51.100.8")
    another.give_password(wren.email)
    assert another.give_code(wren.codes[0], **{"with": "recovery"}).status_code == 429
    clock.shift(5 * 60 + 1)
    assert another.give_code(wren.digits()).status_code == 302


def test_a_new_process_has_not_forgotten(wren: Staff):
    fail(5, wren.email)
    script = (
        "import django; django.setup()\n"
        "from django.core.cache import caches\n"
        f"caches.settings['default']['KEY_PREFIX'] = {cache.key_prefix!r}\n"
        "from django.test import RequestFactory\n"
        "from careplan.accounts.throttle import TooManyTries, count_try\n"
        "request = RequestFactory().post('/')\n"
        "try:\n"
        f"    count_try(request, action='login_failed', key={wren.email!r})\n"
        "except TooManyTries as wait:\n"
        "    print(wait)\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    said = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.startswith(WAIT)


def test_a_refusal_does_not_say_whether_the_way_in_was_closed(wren: Staff):
    disable_user(user=wren.user)
    statuses = [Browser().post(SIGN_IN, {"email": wren.email, "password": PASSWORD}).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
