"""Looking at the plan together: newer words, and taking something out of force (PLAN-5e, PLAN-16)."""

from __future__ import annotations

from dataclasses import replace

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from plans.content import content_of
from plans.models import ItemRevision, Sheet
from plans.services.items import propose_revision
from tests.plans_pages.room_pages import HERE, Room, answer_name, text_of
from tests.world import actor


def reworded(world, room: Room, kind: str = "objective", **words: str):
    """The therapist words a line differently, at the desk."""
    by, standing = actor(world, "wren"), room.standing(kind)
    with opened(by, clients=[room.client_id], classes={DataClass.PLAN}, via="test"):
        latest = ItemRevision.objects.get(id=standing.highest_id)
        content = replace(content_of(standing.kind, latest.content), **words)
        return propose_revision(item_id=standing.item_id, base=latest.number, content=content, by=by)


def reviewed(world) -> Room:
    room = Room(world)
    room.first_plan()
    room.send({}, do="close")
    return room


def test_a_review_holds_every_line_of_the_plan(world):
    """PLAN-16: the lines in force stand on it, each with the four answers."""
    room = reviewed(world)
    first = room.sheet_id
    room.open()
    assert room.sheet_id != first
    assert room.sheet().kind == "review"
    assert len(room.form()["slot"]) == 7


def test_newer_words_wait_and_the_old_ones_count(world):
    """PLAN-5: until Tomek answers, what he agreed stays in force."""
    room = reviewed(world)
    reworded(world, room, behaviour="One phone call with her every day.")
    room.open()
    page = room.page().content.decode()
    assert "The words in force count until he answers." in text_of(room.page())
    assert "<ins>" in page
    objective = room.standing("objective")
    before = objective.in_force_id
    room.send({**HERE, answer_name(objective): "yes"})
    assert room.standing("objective").in_force_id != before


def test_no_thanks_to_newer_words_keeps_the_old_ones(world):
    """PLAN-5e: they close, what was agreed stays."""
    room = reviewed(world)
    reworded(world, room, behaviour="One phone call with her every day.")
    room.open()
    before = room.standing("objective").in_force_id
    room.send({**HERE, answer_name(room.standing("objective")): "no"})
    assert room.standing("objective").in_force_id == before
    assert "Tomek said no thanks to the newer words. These stay in force." in text_of(room.page())
    room.send({}, do="turn")
    assert "You said: No thanks" not in text_of(room.page("sheet_client"))


def test_no_thanks_takes_a_line_out_of_force(world):
    """PLAN-4: one choice, and it is out; a later yes brings it back."""
    room = reviewed(world)
    room.open()
    line = room.standings()[5]
    room.send({**HERE, answer_name(line): "no"})
    assert not room.standings()[5].effective
    assert "Tomek said no thanks to this." in text_of(room.page())
    room.send({**HERE, answer_name(line): "yes"})
    assert room.standings()[5].effective


def test_what_is_off_the_table_is_asked_before_it_is_raised_again(world):
    """PLAN-6: the question, what was typed kept, and the override on request."""
    room = reviewed(world)
    room.open()
    line = room.standings()[5]
    room.send({**HERE, answer_name(line): "not_now", answer_name(line, "until"): "2027-06-15"})
    room.send({}, do="add:intervention")
    again = {"line-intervention-1-what": "A drink diary on the fridge!"}
    response = room.send(again)
    assert response.status_code == 422
    assert "Tomek asked to leave this until 15 June. Raise it anyway?" in text_of(response)
    assert "A drink diary on the fridge!" in response.content.decode()
    assert room.send({**again, "line-intervention-1-raise_anyway": "on"}).status_code == 303
    assert len(room.standings()) == 8


def test_opening_again_is_the_same_sheet(world):
    """PLAN-16: one open sheet at a time; a double click opens one."""
    room = Room(world)
    room.open()
    first = room.sheet_id
    room.open()
    assert room.sheet_id == first
    with room.reading():
        assert Sheet.objects.filter(client_id=room.client_id).count() == 1
