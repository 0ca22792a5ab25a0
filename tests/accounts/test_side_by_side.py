"""PLAN-16, AUTH-2: two requests of one browser at once: what one of them kept, the other doesn't put back."""

import pytest
from django.contrib.sessions.backends.base import UpdateError

from careplan.accounts.session_store import SessionStore
from careplan.accounts.sessions import SEEN_KEY
from careplan.ui.turned import SESSION_KEY
from tests.signed_in import browser

TURNED = {"client": "c", "sheet": "s", "url": "/practice/clients/c/sheets/s/client/"}

pytestmark = pytest.mark.django_db


def begun(session: SessionStore) -> SessionStore:
    """The same session as a request reads it that began just now."""
    there = SessionStore(session.session_key)
    assert there.get(SEEN_KEY)
    return there


@pytest.fixture
def session(world) -> SessionStore:
    return browser(world["wren"]).session


def test_a_slow_request_does_not_turn_the_device_back(session):
    """PLAN-16: a sign of life that was on its way when the sheet was turned."""
    slow, turning = begun(session), begun(session)
    turning[SESSION_KEY] = TURNED
    turning.save()
    slow[SEEN_KEY] += 60
    slow.save()
    now = begun(session)
    assert now.get(SESSION_KEY) == TURNED
    assert now[SEEN_KEY] == slow[SEEN_KEY]


def test_a_slow_request_does_not_bring_back_what_was_taken_away(session):
    session["note"] = ["one"]
    session.save()
    slow, taking = begun(session), begun(session)
    del taking["note"]
    taking.save()
    slow["other"] = "kept"
    slow.save()
    now = begun(session)
    assert "note" not in now
    assert now["other"] == "kept"


def test_what_changed_inside_a_value_is_kept(session):
    session["note"] = ["one"]
    session.save()
    adding = begun(session)
    adding["note"].append("two")
    adding.modified = True
    adding.save()
    adding["note"].append("three")
    adding.save()
    assert begun(session)["note"] == ["one", "two", "three"]


def test_a_new_key_keeps_everything(session):
    """Signing in changes the key: what the session held moves on with it."""
    moving = begun(session)
    moving["note"] = "here"
    moving.cycle_key()
    moving["later"] = "too"
    moving.save()
    moved = SessionStore(moving.session_key)
    assert (moved["note"], moved["later"], bool(moved[SEEN_KEY])) == ("here", "too", True)


def test_an_ended_session_is_not_written_again(session):
    """AUTH-2: signing out wins over a request that is still on its way."""
    slow = begun(session)
    session.flush()
    slow["note"] = "late"
    with pytest.raises(UpdateError):
        slow.save()
