"""The Plan tab: what stands there, and how it is said (PLAN-2, PLAN-5, PLAN-18)."""

from __future__ import annotations

import pytest

from tests.clients.town import statements
from tests.plans.room import room_of, therapy
from tests.plans_pages.desk import a_plan, desk_of, text_of


@pytest.fixture
def room(world):
    return room_of(world, "tomek", "wren")


@pytest.fixture
def desk(room):
    return desk_of(room)


def test_without_a_plan_the_page_says_so_as_a_state(desk):
    """PLAN-18."""
    page = desk.get("plan")
    assert page.status_code == 200
    assert "No agreed plan yet" in text_of(page)
    assert "That’s a place to be" in text_of(page)
    assert "First plan, in the room" in text_of(page)


def test_every_line_stands_in_the_tree_with_a_shape_and_a_word(desk, room):
    a_plan(room)
    page = text_of(desk.get("plan"))
    assert "1 · Ride the 14 to work like it’s just a bus." in page
    assert "Step ladder on the real bus" in page
    assert "Sleep worksheet" in page
    assert "· open" in page
    assert "Group for panic" in page
    assert "not now" in page
    assert "5 of 7 agreed" in page


def test_both_voices_stand_side_by_side_and_the_clients_is_not_in_a_box(desk, room):
    """PLAN-3: staff read the client's words, and can't type over them."""
    seeded = a_plan(room)
    page = text_of(desk.item(seeded.goal))
    assert "Tomek’s words" in page
    assert "Clinical wording" in page
    assert 'name="client_words"' not in page
    assert 'name="clinical_wording"' in page


def test_the_story_says_how_each_answer_was_given(desk, room):
    seeded = a_plan(room)
    page = text_of(desk.item(seeded.agreed))
    assert "You proposed wording 1." in page
    assert "<b>Yes</b> from Tomek to wording 1, by own hand. In force." in page


def test_something_off_the_table_says_what_was_asked(desk, room):
    seeded = a_plan(room)
    page = text_of(desk.item(seeded.declined))
    assert "Tomek asked to leave this for now." in page
    assert "too many people" in page


def test_a_line_of_another_client_is_not_here(world, desk, room):
    a_plan(room)
    other = room_of(world, "roz", "imani")
    theirs = other.propose(therapy("Letter to the insurer"), other.therapist)
    assert desk.get("item", item_id=theirs.item_id).status_code == 404


@pytest.mark.parametrize("many", [3, 30])
def test_the_desk_asks_the_database_as_often_for_thirty_lines_as_for_three(desk, room, many):
    seeded = a_plan(room)
    for number in range(many):
        room.propose(therapy(f"Way number {number} of going about it", parent=seeded.goal.item_id), room.client)
    desk.item(seeded.goal)
    with statements(15):
        assert desk.item(seeded.goal).status_code == 200
