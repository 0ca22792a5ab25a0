"""AUTH-1, ACC-12: a manager invites colleagues, closes a way in and ends somebody's work; nobody else does."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from careplan.accounts.models import StaffMember, User
from careplan.accounts.selectors import hats_of
from careplan.outgoing.models import Recorded
from careplan.outgoing.sending import send_due
from tests.accounts.test_invitations import last_link
from tests.signed_in import browser
from tests.world import PASSWORD, email

pytestmark = pytest.mark.committed
STAFF, INVITE = "/practice/staff/", "/practice/staff/invite/"
INES = {
    "name": "Ines Calloway",
    "first_name": "Ines",
    "title": "Counsellor",
    "email": "ines@example.test",
    "roles": ["therapist"],
}


@pytest.fixture
def petra(world):
    return browser(world["petra"])


def page_of(world, key: str) -> str:
    return f"{STAFF}{StaffMember.objects.get(person_id=world[key], until=None).pk}/"


def test_a_colleague_is_invited_makes_her_way_in_and_sets_up_the_second_step(world, petra):
    """AUTH-1: she and her role are there at once; a user only once she has taken the link."""
    assert petra.post(INVITE, INES)["Location"] == STAFF
    member = StaffMember.objects.get(email="ines@example.test")
    assert "Invited" in petra.get(STAFF).content.decode()
    assert not User.objects.filter(person_id=member.person_id).exists()
    ines = Client()
    came = ines.post(last_link(), {"password": "a quiet orchard 71"}, follow=True)
    assert came.redirect_chain[-1][0] == "/practice/sign-in/set-up/"
    assert [hat.roles_in_words for hat in hats_of(member.person_id)] == ["Therapist"]
    assert not re.search(r"Linden|Petra|therap", Recorded.objects.get().body, re.IGNORECASE)


def test_nobody_without_the_role_looks_after_staff(world):
    """ACC-12: the same 404 as for an address that isn't there, and no entry in the menu."""
    wren = browser(world["wren"])
    for address in (STAFF, INVITE, page_of(world, "sol")):
        assert wren.get(address).status_code == 404
        assert wren.post(address, {**INES, "do": "end"}).status_code in (404, 405)
    assert f'href="{STAFF}"' not in wren.get("/practice/").content.decode()
    assert f'href="{STAFF}"' in browser(world["petra"]).get("/practice/").content.decode()


def test_an_address_that_signs_in_is_refused_without_saying_whose_it_is(world, petra):
    """AUTH-1: a client's address and a stranger colleague's get the same sentence; nothing is sent."""
    said = [petra.post(INVITE, {**INES, "email": email(who)}).content.decode() for who in ("roz", "odile")]
    assert all("can’t be invited here" in page for page in said)
    assert send_due() == 0


def test_a_closed_way_in_ends_sessions_at_once_and_opens_again(world, petra):
    """AUTH-2: for this practice alone, and every session with it."""
    sol = browser(world["sol"])
    petra.post(page_of(world, "sol"), {"do": "close"})
    assert sol.get("/practice/")["Location"].startswith("/practice/sign-in/")
    assert Client().post("/practice/sign-in/", {"email": email("sol"), "password": PASSWORD}).status_code == 422
    petra.post(page_of(world, "sol"), {"do": "open"})
    assert Client().post("/practice/sign-in/", {"email": email("sol"), "password": PASSWORD}).status_code == 302


def test_the_end_of_somebodys_work_ends_roles_and_sessions(world, petra):
    teo = browser(world["teo"])
    address = page_of(world, "teo")
    petra.post(address, {"do": "end"})
    assert teo.get("/practice/")["Location"].startswith("/practice/sign-in/")
    assert hats_of(world["teo"]) == []
    assert petra.get(address).status_code == 404


def test_a_link_of_somebody_who_was_let_go_opens_nothing(world, petra):
    petra.post(INVITE, INES)
    link = last_link()
    member = StaffMember.objects.get(email="ines@example.test")
    petra.post(f"{STAFF}{member.pk}/", {"do": "end"})
    assert Client().get(link).status_code == 410


def test_a_fresh_link_replaces_the_former_one(world, petra):
    petra.post(INVITE, INES)
    former = last_link()
    member = StaffMember.objects.get(email="ines@example.test")
    petra.post(f"{STAFF}{member.pk}/", {"do": "invite"})
    assert (Client().get(former).status_code, Client().get(last_link()).status_code) == (410, 200)


def test_nobody_closes_their_own_way_in(world, petra):
    refused = petra.post(page_of(world, "petra"), {"do": "close"})
    assert refused.status_code == 422
    assert petra.get(STAFF).status_code == 200


def test_another_practices_manager_finds_nobody_of_this_one(world):
    """ACC-5."""
    odile = browser(world["odile"])
    assert odile.post(page_of(world, "sol"), {"do": "end"}).status_code == 404
    assert hats_of(world["sol"])


def test_roles_and_words_are_asked_for(world, petra):
    answer = petra.post(INVITE, {**INES, "roles": [], "name": ""})
    assert answer.status_code == 422
    assert "Choose at least one role." in answer.content.decode()
    assert 'value="ines@example.test"' in answer.content.decode()
