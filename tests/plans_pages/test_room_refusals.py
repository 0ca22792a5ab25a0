"""What a sheet refuses, and what it never loses (ACC-5, PLAN-15, UI-5)."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship
from careplan.access.seam import opened
from careplan.access.services import end_care
from tests.plans_pages.room_pages import HERE, TYPED, Room, answer_name, text_of
from tests.plans_pages.test_room_review import reworded
from tests.signed_in import browser
from tests.world import actor

PAGES = ("sheet", "sheet_print", "sheet_client", "sheet_back")
POSTS = ("sheet", "sheet_draft", "sheet_client", "sheet_client_draft", "sheet_back")


@pytest.mark.parametrize("key", ["odile", "sol", "petra", "imani", "bram"])
def test_not_yours_and_unknown_are_the_same_404(world, key):
    """ACC-5: the other practice, the front desk, no relationship: the same bytes as for what isn't there."""
    room = Room(world)
    room.open()
    unknown = Room(world, key)
    unknown.client_id, unknown.sheet_id = uuid.uuid4(), uuid.uuid4()
    theirs = Room(world, key)
    theirs.sheet_id = room.sheet_id
    for name in PAGES:
        seen, absent = theirs.browser.get(theirs.url(name)), unknown.browser.get(unknown.url(name))
        assert (seen.status_code, absent.status_code) == (404, 404)
        assert seen.content == absent.content
    for name in POSTS:
        assert theirs.browser.post(theirs.url(name), {}).status_code == 404
    assert theirs.open().status_code == 404
    assert room.standings() == []


def test_an_ended_relationship_is_the_same_404(world):
    """ACC-5: from the moment it ends."""
    room = Room(world, "imani", "roz")
    room.open()
    by = actor(world, "imani")
    with opened(by, clients=[room.client_id], classes={DataClass.IDENTITY}, via="test"):
        mine = CareRelationship.objects.get(client_id=room.client_id, person_id=world["imani"], until=None)
        end_care(relationship_id=mine.id)
    assert room.browser.get(room.url()).status_code == 404
    assert room.browser.post(room.url(), {"do": "save"}).status_code == 404


def test_a_sheet_of_another_client_is_not_there(world):
    """ACC-5: the address names one client, the sheet another."""
    roz = Room(world, "imani", "roz")
    roz.open()
    room = Room(world)
    room.sheet_id = roz.sheet_id
    assert room.browser.get(room.url()).status_code == 404


def test_without_signing_in_there_is_the_door(world):
    """AUTH: nobody is nobody."""
    room = Room(world)
    room.open()
    assert "/sign-in/" in Client().get(room.url()).headers["Location"]


def test_a_supervisor_reads_and_does_not_write(world):
    """ACC-2b: reading is not writing."""
    room = Room(world)
    room.first_plan()
    sunniva = Room(world, "sunniva")
    sunniva.sheet_id = room.sheet_id
    page = sunniva.browser.get(sunniva.url())
    assert page.status_code == 200
    assert 'type="radio"' not in page.content.decode()
    assert sunniva.browser.post(sunniva.url(), {"do": "save"}).status_code == 422


def test_a_closed_sheet_takes_no_answers(world):
    """PLAN-16: a sentence says what to do."""
    room = Room(world)
    room.first_plan()
    form = room.form()
    room.send({}, do="close")
    response = room.browser.post(room.url(), {**form, "do": "save"})
    assert response.status_code == 422
    assert "This sheet is closed. Open a new one to go on." in text_of(response)


def test_a_line_that_is_not_on_the_sheet_is_not_there(world):
    """ACC-5: also when it exists elsewhere."""
    room = Room(world)
    room.first_plan()
    hollis = Room(world, "imani", "hollis")
    hollis.first_plan()
    stranger = str(hollis.standing("goal").item_id)
    response = room.browser.post(
        room.url(), {"do": "save", "slot": [stranger], f"line-{stranger}-answer": "no", **HERE}
    )
    assert response.status_code == 404
    assert hollis.standing("goal").effective


def test_a_double_submit_leaves_one_line_and_one_answer(world):
    """PLAN-5f: repeats are found by their words."""
    room = Room(world)
    room.open()
    form = {**room.form(), **TYPED, **HERE, "sheet-answer": "yes", "do": "save"}
    assert [room.browser.post(room.url(), form).status_code for _ in range(2)] == [303, 303]
    assert len(room.standings()) == 7
    assert len([answer for answer in room.answers() if answer.recorded_by_id]) == 7


def test_a_form_without_its_token_is_refused(world):
    """CSRF: refused, and what was written is shown."""
    room = Room(world)
    room.open()
    strict = browser(world["wren"])
    strict.handler.enforce_csrf_checks = True
    response = strict.post(room.url(), {**TYPED, "do": "save"})
    assert response.status_code == 403
    assert "Be someone my daughter rings up." in text_of(response)
    assert room.standings() == []


def test_answers_ask_how_they_were_given(world):
    """PLAN-16: each answer stores its method; 422 keeps every word and choice."""
    room = Room(world)
    room.open()
    response = room.send({**TYPED, "line-goal-1-answer": "yes"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "say how the answers were given" in text_of(response)
    assert "<title>Error: " in page
    for words in ("Be someone my daughter rings up.", "A drink diary on the fridge", "2027-02-01"):
        assert words in page
    assert page.count(" checked") == 1
    assert room.standings() == []


def test_an_answer_to_an_empty_line_asks_for_the_line(world):
    """UI-5: an empty line is no line, and says so when it was answered."""
    room = Room(world)
    room.open()
    response = room.send({"line-goal-1-answer": "yes", **HERE})
    assert response.status_code == 422
    assert "write the line first, then its answer" in text_of(response)


def test_words_that_moved_are_shown_and_the_answer_does_not_count(world):
    """PLAN-15: 409, both texts, what was typed elsewhere kept, the old answer told and not chosen."""
    room = Room(world)
    room.first_plan()
    room.send({}, do="close")
    room.open()
    form = room.form()
    objective = room.standing("objective")
    reworded(world, room, behaviour="One phone call with her every day.")
    typed = {**form, **HERE, answer_name(objective): "no", "do": "save", "sheet-copy": "taken"}
    response = room.browser.post(room.url(), typed)
    assert response.status_code == 409
    said = text_of(response)
    assert "What you read" in said
    assert "The answer was “No thanks”; it doesn’t count for the new words." in said
    assert room.standing("objective").open_id
    page = response.content.decode()
    assert 'value="taken" id="id_sheet-copy_0" checked' in page or 'id="id_sheet-copy_0" checked' in page
    assert f'name="{answer_name(objective)}" value="no" id' in page
    assert f'{answer_name(objective)}_3" checked' not in page


def test_words_that_moved_under_a_turned_device(world):
    """PLAN-15: the client is shown both, and asked about the words as they are now."""
    room = Room(world)
    room.first_plan()
    room.send({}, do="close")
    room.open()
    room.send({}, do="turn")
    form = room.form("sheet_client")
    objective = room.standing("objective")
    reworded(world, room, behaviour="One phone call with her every day.")
    response = room.browser.post(room.url("sheet_client"), {**form, answer_name(objective): "yes", "do": "answer"})
    assert response.status_code == 409
    assert "You had chosen: Yes." in text_of(response)
    assert room.standing("objective").open_id


def questions(room: Room, name: str) -> int:
    """How often a page asks the database, savepoints of the test and the session's clock left out."""
    room.page(name)
    with CaptureQueriesContext(connection) as captured:
        room.page(name)
    own = [
        query["sql"] for query in captured if not re.match("SAVEPOINT|RELEASE|UPDATE .careplan_session", query["sql"])
    ]
    return len(own)


def test_the_number_of_queries_does_not_grow_with_the_lines(world):
    """PLAN-16: as many for eight lines as for one, and no more than fifteen."""
    counts = {}
    for typed in ({"line-goal-1-client_words": "Sleep."}, TYPED):
        room = Room(world)
        room.open()
        room.send({**typed})
        for name in ("sheet", "sheet_print"):
            counts.setdefault(name, []).append(questions(room, name))
    assert counts["sheet"][0] == counts["sheet"][1] <= 15
    assert counts["sheet_print"][0] == counts["sheet_print"][1] <= 15
    room.send({}, do="turn")
    assert questions(room, "sheet_client") <= 15


def test_opening_asks_for_a_post(world):
    """An address alone changes nothing."""
    assert browser(world["wren"]).get(reverse("plans:sheet_open", args=[world["tomek"]])).status_code == 405
