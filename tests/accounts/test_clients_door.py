"""AUTH-1, ACC-1: a client comes in by their own door, with a password, and is only ever a client there."""

from __future__ import annotations

import pytest
from django.test import Client

from careplan.accounts.models import Session
from tests.world import PASSWORD, email

pytestmark = pytest.mark.committed
DOOR = "/my/sign-in/"


def give(browser: Client, door: str, who: str, password: str = PASSWORD):
    return browser.post(door, {"email": email(who), "password": password})


def test_roz_comes_in_and_is_greeted_by_the_name_she_uses(world):
    roz = Client()
    assert give(roz, DOOR, "roz")["Location"] == "/"
    assert "Hello, Roz" in roz.get("/", follow=True).content.decode()


def test_somebody_who_only_works_here_does_not_come_in_by_the_clients_door(world):
    """AUTH-1: the same sentence as for a wrong password, which is no news to anybody."""
    wrong = give(Client(), DOOR, "roz", "not her password")
    staff = give(Client(), DOOR, "wren")
    assert (wrong.status_code, staff.status_code) == (422, 422)
    assert "don’t go together" in staff.content.decode()


def test_a_client_does_not_come_in_by_the_staff_door(world):
    assert give(Client(), "/practice/sign-in/", "roz").status_code == 422


def test_leaving_quickly_ends_the_session_for_good(world):
    """UI-8: the cookie of before opens nothing any more."""
    roz = Client()
    give(roz, DOOR, "roz")
    cookie = roz.cookies["__Host-session"].value
    assert roz.post("/leave/")["Location"] == "/left/"
    assert not Session.objects.filter(session_key=cookie).exists()
    assert roz.get("/my/")["Location"].startswith(DOOR)


def test_a_record_that_no_longer_stands_for_her_ends_her_session(world, owner):
    """ACC-4: what ends, ends at once."""
    roz = Client()
    give(roz, DOOR, "roz")
    owner.execute("update guard.member set until = guard.now() where person_id = %s", [world["roz_person"]])
    assert roz.get("/my/")["Location"].startswith(DOOR)
    assert give(Client(), DOOR, "roz").status_code == 422


def test_half_an_hour_is_the_longest_she_can_be_idle(world, time_machine):
    """AUTH-2: longer than at work, where it is a quarter of an hour."""
    time_machine.move_to("2026-05-04T10:00:00Z")
    roz = Client()
    give(roz, DOOR, "roz")
    time_machine.shift(29 * 60)
    assert roz.get("/my/").status_code == 200
    time_machine.shift(31 * 60)
    assert roz.get("/my/").status_code == 302


def test_whoever_has_two_records_of_their_own_chooses_which(world, owner):
    """ACC-1: asked only then, after the password; the other record stays shut for this session."""
    with owner.transaction():
        owner.execute(
            "insert into guard.member (client_id, person_id, since) values (%s, %s, guard.now())",
            [world["maren"], world["roz_person"]],
        )
    roz = Client()
    assert give(roz, DOOR, "roz")["Location"] == "/my/sign-in/which/"
    page = roz.get("/my/sign-in/which/").content.decode()
    assert "Linden Street Practice, since" in page
    assert "Harbour Rooms, since" in page
    assert roz.post("/my/sign-in/which/", {}).status_code == 422
    assert roz.post("/my/sign-in/which/", {"pages": str(world["tomek"])}).status_code == 422
    assert roz.get("/my/")["Location"].startswith(DOOR)
    assert roz.post("/my/sign-in/which/", {"pages": str(world["maren"])}).status_code == 302
    assert "Hello, Maren" in roz.get("/my/").content.decode()
