"""AUTH-1: passkeys, as far as it goes without a device; with one, journeys/test_passkeys.py."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.accounts.conftest import Browser, Staff, events
from tests.signed_in import portal_browser
from tests.world import PASSWORD, email

pytestmark = pytest.mark.committed
DOOR, ADD = "/my/sign-in/", "/my/account/passkeys/add/"
NONSENSE = [
    "",
    "{}",
    "[]",
    "null",
    "not json",
    "x" * 30_000,
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}, "clientExtensionResults": {}}),
    json.dumps({"response": {"userHandle": "AAAA"}}),
]


def test_the_challenge_says_nothing_about_anybody(world):
    """AUTH-1: signed out it names no passkey, and each is another."""
    first, second = Client().post("/passkey/").json()["publicKey"], Client().post("/passkey/").json()["publicKey"]
    assert not first.get("allowCredentials")
    assert first["userVerification"] == "required"
    assert first["challenge"] != second["challenge"]


def test_what_is_no_passkey_is_refused_in_a_sentence(world):
    roz = Client()
    roz.post("/passkey/")
    for credential in NONSENSE[1:]:
        answer = roz.post(DOOR, {"credential": credential})
        assert answer.status_code == 422
        assert "isn’t known here" in answer.content.decode()


def test_adding_one_asks_for_the_password_and_takes_no_nonsense(world, clock):
    """AUTH-2: within five minutes of it, and only what answers the challenge."""
    roz = Client()
    roz.post(DOOR, {"email": email("roz"), "password": PASSWORD})
    assert "publicKey" in json.loads(roz.get(ADD).context["options"])
    for credential in NONSENSE:
        assert roz.post(ADD, {"name": "Phone", "credential": credential}).status_code == 422
    clock.shift(5 * 60 + 1)
    assert roz.get(ADD)["Location"].startswith("/my/confirm/")


def test_a_nonsense_passkey_confirms_nothing(browser: Browser, wren: Staff):
    browser.sign_in(wren)
    answer = browser.post("/practice/confirm/", {"credential": "{}", "next": "/left/"})
    assert answer.status_code == 422
    assert "didn’t fit" in answer.content.decode()
    assert events(wren.user.pk)[-1] == "confirmation_refused"


def test_nobody_removes_what_isnt_theirs(world):
    roz = portal_browser(world["roz_person"])
    for wanted in ("1", "x", ""):
        assert roz.post("/my/account/passkeys/remove/", {"passkey": wanted}).status_code == 404
