"""The sheet turned to the client and handed back (PLAN-16)."""

from __future__ import annotations

from django.urls import reverse

from plans.kinds import How
from tests.plans_pages.room_pages import HERE, TYPED, Room, answer_name, text_of
from tests.world import PASSWORD


def turned(world) -> Room:
    room = Room(world)
    room.open()
    room.send({**TYPED, **HERE}, do="turn")
    return room


def test_turning_saves_what_was_typed_and_shows_that_sheet_only(world):
    """PLAN-16: the device goes to the sheet, and everything else leads back to it."""
    room = Room(world)
    room.open()
    response = room.send(TYPED, do="turn")
    assert response.headers["Location"] == room.url("sheet_client")
    assert len(room.standings()) == 7
    for path in ("/practice/", "/practice/clients/", room.url(), room.url("sheet_print")):
        assert room.browser.get(path).headers["Location"] == room.url("sheet_client")
    assert room.browser.get("/help-now/").status_code == 200
    assert "Be someone my daughter rings up." in text_of(room.page("sheet_client"))


def test_answers_on_the_turned_device_are_by_own_hand_and_recorded(world):
    """PLAN-16: marked as recorded by the therapist, with who was present."""
    room = turned(world)
    goal = room.standing("goal")
    response = room.send({answer_name(goal): "yes"}, name="sheet_client", do="answer")
    assert response.headers["Location"] == room.url("sheet_back")
    (answer,) = [answer for answer in room.answers() if answer.recorded_by_id]
    assert (answer.how, answer.recorded_by_id) == (How.OWN_HAND_PRACTICE, world["wren"])
    assert answer.present == ["Tomek"]


def test_nothing_is_preselected(world):
    """UI-1: four equal answers, none chosen."""
    assert " checked" not in turned(world).page("sheet_client").content.decode()


def test_one_answer_stands_for_every_line_without_one(world):
    """PLAN-17: the same four answers for the whole sheet; a line's own answer comes first."""
    room = turned(world)
    goal = room.standing("goal")
    room.send({answer_name(goal): "no", "sheet-answer": "yes"}, name="sheet_client", do="answer")
    said = {answer.item_id: answer.choice for answer in room.answers() if answer.recorded_by_id}
    assert said.pop(goal.item_id) == "no"
    assert set(said.values()) == {"yes"}
    assert len(said) == 6


def test_changes_without_words_are_asked_for_and_nothing_is_lost(world):
    """UI-5: 422, the other answers still chosen."""
    room = turned(world)
    goal, objective = room.standing("goal"), room.standing("objective")
    typed = {answer_name(goal): "yes_with_changes", answer_name(objective): "not_now"}
    response = room.send(typed, name="sheet_client", do="answer")
    assert response.status_code == 422
    page = response.content.decode()
    assert "<title>Error: For you" in page
    assert page.count(" checked") == 2
    assert not [answer for answer in room.answers() if answer.recorded_by_id]


def test_leaving_it_for_next_time_keeps_what_was_chosen(world):
    """UI-5: handed back without answering; nothing counts, nothing is lost."""
    room = turned(world)
    goal = room.standing("goal")
    typed = {answer_name(goal): "yes_with_changes", answer_name(goal, "words"): "Be a dad she rings."}
    response = room.send(typed, name="sheet_client", do="leave")
    assert response.headers["Location"] == room.url("sheet_back")
    assert not [answer for answer in room.answers() if answer.recorded_by_id]
    assert "Be a dad she rings." in room.page("sheet_client").content.decode()


def test_coming_back_asks_the_therapists_password(world):
    """PLAN-16: a wrong one is a sentence, and the device stays locked."""
    room = turned(world)
    back = room.url("sheet_back")
    wrong = room.browser.post(back, {"password": "not this one"})
    assert wrong.status_code == 422
    assert "That is not your password." in text_of(wrong)
    assert room.browser.get("/practice/").headers["Location"] == room.url("sheet_client")
    right = room.browser.post(back, {"password": PASSWORD})
    assert right.headers["Location"] == room.url()
    assert room.browser.get("/practice/").status_code == 200
    assert room.sheet().handed_back_at


def test_an_empty_password_is_asked_for(world):
    """UI-5: what to do, in the summary; the device stays locked."""
    room = turned(world)
    response = room.browser.post(room.url("sheet_back"), {})
    assert response.status_code == 422
    assert "Write your password." in text_of(response)
    assert room.browser.get("/practice/").headers["Location"] == room.url("sheet_client")


def test_too_many_passwords_have_to_wait(world):
    """AUTH-1: throttled, still locked."""
    room = turned(world)
    tries = [room.browser.post(room.url("sheet_back"), {"password": f"guess {n}"}).status_code for n in range(25)]
    assert tries[0] == 422
    assert tries[-1] == 429
    assert room.browser.get("/practice/").status_code == 303


def test_another_device_sees_that_it_is_turned_and_cannot_write(world):
    """PLAN-16: while it is in the client's hands, nobody else writes on it."""
    room = turned(world)
    other = Room(world)
    other.sheet_id = room.sheet_id
    page = other.page()
    assert "This sheet is turned to Tomek." in text_of(page)
    refused = other.browser.post(other.url(), {"do": "save"})
    assert refused.status_code == 422
    assert "Take it back first." in text_of(refused)
    assert other.browser.get(other.url("sheet_client")).headers["Location"] == other.url()
    assert other.browser.post(other.url("sheet_client"), {"do": "answer"}).headers["Location"] == other.url()


def test_another_therapists_turned_sheet_gives_nothing(world):
    """ACC-5: a turned sheet is no door for a colleague without a relationship."""
    room = turned(world)
    imani = Room(world, "imani")
    imani.sheet_id = room.sheet_id
    for name in ("sheet", "sheet_client", "sheet_back"):
        assert imani.browser.get(imani.url(name)).status_code == 404
        assert imani.browser.post(imani.url(name), {"do": "answer", "password": PASSWORD}).status_code == 404
    assert room.sheet().handed_back_at is None


def test_the_turned_page_keeps_what_is_typed(world):
    """UI-5: kept by the script's quiet posts."""
    room = turned(world)
    goal = room.standing("goal")
    typed = {**room.form("sheet_client"), answer_name(goal, "words"): "Half a thought"}
    assert room.browser.post(room.url("sheet_client_draft"), typed).status_code == 204
    assert "Half a thought" in room.page("sheet_client").content.decode()
    room.send({answer_name(goal): "yes"}, name="sheet_client", do="answer")
    assert "Half a thought" not in room.page("sheet_client").content.decode()


def test_titles_name_nobody(world):
    """UI-8: tab titles are neutral."""
    room = turned(world)
    for name in ("sheet_client", "sheet_back"):
        title = room.page(name).content.decode().split("<title>")[1].split("</title>")[0]
        assert "Tomek" not in title


def test_help_is_on_the_turned_page(world):
    """UI-2: Need help now is in the header."""
    assert reverse("help_now") in turned(world).page("sheet_client").content.decode()
