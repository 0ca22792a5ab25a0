"""The conversation in the right pane of the desk (PLAN-1, screen 4)."""

from __future__ import annotations

import pytest

from plans.services.comments import comment_on_item
from tests.plans.room import room_of
from tests.plans_pages.desk import a_plan, desk_of, text_of
from tests.signed_in import browser


@pytest.fixture
def room(world):
    return room_of(world, "roz", "imani")


@pytest.fixture
def desk(room):
    return desk_of(room)


def test_what_the_client_wrote_stands_beside_the_line_and_can_be_answered(desk, room):
    seeded = a_plan(room)
    with room.acts(room.client):
        comment_on_item(item_id=seeded.goal.item_id, words="I did 2 stops with Jess.", by=room.client)
    assert "Roz wrote beside a line of the plan" in text_of(browser(room.therapist.person_id).get("/practice/"))
    page = text_of(desk.item(seeded.goal))
    assert "About this goal" in page
    assert "I did 2 stops with Jess." in page
    sent = desk.post("comment", {"words": "You did the hard bit.", "about": ""}, item_id=seeded.goal.item_id)
    assert sent.status_code == 303
    page = text_of(desk.item(seeded.goal))
    assert page.index("I did 2 stops") < page.index("You did the hard bit.")
    assert 'class="mine"' in page
    assert "wrote beside" not in text_of(browser(room.therapist.person_id).get("/practice/"))


def test_an_empty_comment_is_said_and_keeps_the_page(desk, room):
    """UI-5."""
    seeded = a_plan(room)
    answer = desk.post("comment", {"words": " ", "about": str(seeded.goal.id)}, item_id=seeded.goal.item_id)
    assert answer.status_code == 422
    assert "Error: " in text_of(answer)
    assert 'href="#comment_words"' in text_of(answer)
