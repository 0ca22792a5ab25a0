"""What Today, the list of clients and the overview say of a plan: counts and dates, no words (ACC-2a, PLAN-11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.plans.room import look_again, room_of, therapy
from tests.plans_pages.desk import a_plan, desk_of, text_of
from tests.signed_in import browser

SECRETS = ("bus", "Step ladder", "Sleep worksheet", "Group for panic", "insurer", "2 a.m.")


@pytest.fixture
def room(world):
    return room_of(world, "tomek", "wren")


@pytest.fixture
def desk(room):
    return desk_of(room)


def says_nothing_of_the_plan(text):
    return not [words for words in SECRETS if words in text]


def test_today_says_what_waits_and_no_more(desk, room):
    seeded = a_plan(room)
    room.propose(therapy("Letter to the insurer"), room.client)
    room.reword(seeded.agreed, therapy("Step ladder, with Jess", parent=seeded.goal.item_id), room.therapist)
    today = text_of(desk.client.get("/practice/"))
    assert "Tomek proposed a wording" in today
    assert "2 lines are with Tomek" in today
    assert "What was agreed before counts until then" in today
    assert says_nothing_of_the_plan(today)


def test_a_new_wording_waits_with_the_client(desk, room):
    agreed = room.agreed_intervention("Step ladder on the real bus")
    room.reword(agreed, therapy("Step ladder, with Jess"), room.therapist)
    today = text_of(desk.client.get("/practice/"))
    assert "Your new wording is with Tomek" in today
    assert "The old one counts until then" in today


def test_the_day_to_look_again_comes_up_two_weeks_before(desk, room):
    room.propose(look_again(timezone.localdate() + timedelta(days=20)), room.client)
    assert "look at the plan again" not in text_of(desk.client.get("/practice/"))
    room.propose(look_again(timezone.localdate() + timedelta(days=10)), room.client)
    assert "Tomek: look at the plan again" in text_of(desk.client.get("/practice/"))


def test_no_plan_yet_leads_to_a_first_one_for_the_therapist_alone(world, desk):
    """PLAN-18."""
    assert "Tomek: no agreed plan yet" in text_of(desk.client.get("/practice/"))
    cover = text_of(browser(world["nadia"]).get("/practice/"))
    assert "no agreed plan yet" not in cover


def test_the_list_of_clients_shows_state_coverage_and_what_is_open(desk, room):
    assert "Not agreed yet" in text_of(desk.client.get("/practice/clients/"))
    a_plan(room)
    room.propose(therapy("Letter to the insurer"), room.client)
    listed = text_of(desk.client.get("/practice/clients/"))
    assert "Active" in listed
    assert "5 of 8" in listed
    assert "A proposal to answer, one with the client" in listed
    assert says_nothing_of_the_plan(listed)


def test_the_list_can_be_narrowed_by_plan(desk, room):
    assert "Tomek</a>" in text_of(desk.client.get("/practice/clients/?plan=none"))
    assert "Tomek</a>" not in text_of(desk.client.get("/practice/clients/?plan=active"))
    a_plan(room)
    room.propose(therapy("Letter to the insurer"), room.client)
    assert "Tomek</a>" in text_of(desk.client.get("/practice/clients/?plan=active&needs=answer"))


def test_the_overview_has_the_agreed_goals_and_what_waits(desk, room):
    a_plan(room)
    page = text_of(desk.client.get(f"/practice/clients/{room.client_id}/"))
    assert "Ride the 14 to work like it’s just a bus." in page
    assert "One line is with Tomek" in page
    assert "January 12, 2027" in page
    assert "Group for panic" not in page


@pytest.mark.parametrize("many", [3, 30])
def test_the_overview_asks_as_often_for_thirty_lines(desk, room, many, django_assert_max_num_queries):
    seeded = a_plan(room)
    for number in range(many):
        room.propose(therapy(f"Way number {number} of going about it", parent=seeded.goal.item_id), room.client)
    with django_assert_max_num_queries(25):
        assert desk.client.get(f"/practice/clients/{room.client_id}/").status_code == 200
