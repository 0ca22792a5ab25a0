"""Asking in the portal, the inbox and days away, from the practice's side (PLAN-7, PLAN-17; screens 4 and 6)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from careplan.accounts.roles import Role
from careplan.accounts.services import grant_role
from tests.clients.town import statements
from tests.plans.room import room_of, therapy
from tests.plans_pages.desk import a_plan, desk_of, text_of
from tests.plans_portal.mine import mine_of, suggestions
from tests.signed_in import browser


@pytest.fixture
def room(world):
    return room_of(world, "roz", "imani")


@pytest.fixture
def desk(room):
    return desk_of(room)


def test_lines_are_sent_seen_and_taken_back(desk, room):
    one, _, changed = suggestions(room)
    page = text_of(desk.get("ask"))
    assert "Sleep worksheet, nightly" in page
    assert "New words for a line in force" in page
    assert desk.post("ask", {}).status_code == 422
    assert desk.post("ask", {"line": [str(one.id), str(changed.id)]}).status_code == 303
    mine_of(room).post("waiting", {"way": "next_time"})
    page = text_of(desk.get("ask"))
    assert "Roz would rather do this with you, next time." in page
    room.answer(one, "yes", room.client)
    assert text_of(desk.get("ask")).count("With Roz") == 1
    desk.post("take_back", {})
    assert "Nothing at the moment." in text_of(desk.get("ask"))
    with statements(15):
        desk.get("ask")


def test_the_old_words_count_sentence_stands_on_the_desk(desk, room):
    """UI edit (staff): “Your new wording is with Roz. The old one counts until she answers.”"""
    *_, changed = suggestions(room)
    assert "Your new wording is with Roz. The old one counts until she answers." in text_of(desk.item(changed))


def test_somebody_without_an_account_is_asked_in_the_room(world):
    tomek = room_of(world, "tomek", "wren")
    a_plan(tomek)
    assert "has no account yet" in text_of(desk_of(tomek).get("ask"))


@pytest.mark.committed  # a role is given as the operator, on a connection of its own
def test_the_inbox_counts_days_and_the_window_is_the_leads_to_set(world, room):
    """Screen 6: nothing clinical; who leads the practice sets the days."""
    room.propose(therapy("Meet in person"), room.client)
    inbox = reverse("plans:proposals")
    mine = browser(world["imani"])
    assert f'href="{inbox}"' in text_of(mine.get("/practice/"))
    page = text_of(mine.get(inbox))
    assert "Roz made a proposal" in page
    assert "7 days left" in page
    assert "Meet in person" not in page
    assert mine.post(inbox, {"days": "2"}).status_code == 404
    grant_role(practice_id=world["linden"], person_id=world["petra"], role=Role.PRACTICE_LEAD)
    lead = browser(world["petra"])
    assert "Roz" not in text_of(lead.get(inbox))
    assert lead.post(inbox, {"days": "40"}).status_code == 422
    assert lead.post(inbox, {"days": "3"}).status_code == 303
    assert "within 3 days" in text_of(lead.get(inbox))
    with statements(15):
        mine.get(inbox)


def test_being_away_is_said_on_one_page_and_the_client_reads_it(world, room):
    """PLAN-7: names the cover; called off by one press."""
    room.propose(therapy("Meet in person"), room.client)
    mine, away = browser(world["imani"]), reverse("plans:away")
    assert mine.post(away, {"first": "2099-02-01", "last": "2099-01-01"}).status_code == 422
    days = {"first": "2020-01-01", "last": "2099-01-01", "cover": str(world["nadia"])}
    assert mine.post(away, days).status_code == 303
    page = text_of(mine.get(away))
    assert "Nadia covers" in page
    hers = text_of(mine_of(room).get("plan"))
    assert "Imani is away until" in hers
    assert "Nadia is covering." in hers
    assert "The days to answer wait." in hers
    absence = page.split('name="absence" value="')[1].split('"')[0]
    mine.post(reverse("plans:back"), {"absence": absence})
    assert "None said." in text_of(mine.get(away))
    assert "days left to answer" in text_of(mine_of(room).get("plan"))


def test_what_the_client_paused_shows_and_staff_note_that_it_goes_on(desk, room):
    """PLAN-14."""
    line = room.agreed_goal()
    mine_of(room).post("rest", {"do": "pause", "scope": "everything", "until": ""})
    page = text_of(desk.item(line))
    assert "Roz paused everything" in page
    pause = page.split('name="pause" value="')[1].split('"')[0]
    desk.post("going_on", {"pause": pause})
    assert room.plan().status == "active"
