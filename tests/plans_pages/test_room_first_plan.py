"""A first plan made in the room, through its pages (PLAN-16)."""

from __future__ import annotations

from plans.models import SheetLine
from tests.plans_pages.room_pages import HERE, TYPED, Room, answer_name, text_of


def test_a_first_plan_is_written_answered_and_in_force(world):
    """PLAN-5, PLAN-16: seven lines, one answer each, all in force by the end."""
    room = Room(world)
    room.first_plan()
    assert [row.effective for row in room.standings()] == [True] * 7
    said = text_of(room.page())
    assert "Agreed" in said
    assert "Tomek said yes aloud; Wren recorded it. In force." in said


def test_the_lines_stand_under_their_goal(world):
    """PLAN-5d: what we'll do and how we would see it belong to the goal above them."""
    room = Room(world)
    room.first_plan()
    goal = room.standing("goal")
    assert {row.parent_id for row in room.standings() if row.kind in ("objective", "intervention")} == {goal.item_id}


def test_whose_goal_it_is_is_said_on_the_sheet_and_read_by_the_client(world):
    """PLAN-1, PLAN-2: on the desk by the client's name, on the turned sheet as “Yours”."""
    room = Room(world)
    room.open()
    room.send({**TYPED, "line-goal-1-expressed_by": "client"})
    assert room.standing("goal").open_id
    assert "Tomek’s" in text_of(room.page("sheet_print"))
    assert "Whose goal" in text_of(room.page("sheet_print"))


def test_an_empty_line_is_no_line(world):
    """PLAN-16: everything is optional."""
    room = Room(world)
    room.open()
    assert room.send({"line-goal-1-client_words": "Sleep."}).status_code == 303
    assert [row.kind for row in room.standings()] == ["goal"]
    assert "Not answered yet" not in text_of(room.page())


def test_a_line_without_an_answer_stays_open(world):
    """PLAN-5: dictation is never a yes."""
    room = Room(world)
    room.open()
    room.send({"line-goal-1-client_words": "Sleep."})
    goal = room.standing("goal")
    assert goal.open_id
    assert not goal.effective


def test_a_child_of_a_declined_goal_waits_for_it(world):
    """PLAN-5d: agreed, and it counts as soon as its goal does."""
    room = Room(world)
    room.open()
    answers = {"line-goal-1-answer": "no", "line-objective-1-answer": "yes"}
    room.send({**TYPED, **HERE, **answers})
    objective = room.standing("objective")
    assert objective.waiting
    said = text_of(room.page())
    assert "Waits for its goal" in said
    assert "Tomek said no thanks to this." in said


def test_not_now_keeps_its_day(world):
    """PLAN-4: “Not now”, until a day the client names."""
    room = Room(world)
    room.open()
    answers = {"line-goal-1-answer": "not_now", "line-goal-1-until": "2027-06-15"}
    room.send({**TYPED, **HERE, **answers})
    assert str(room.standing("goal").off_until) == "2027-06-15"
    assert "Tomek asked to leave this until 15 June." in text_of(room.page())


def test_yes_with_changes_opens_the_clients_wording(world):
    """PLAN-5e: the client's wording is proposed, and counts once he says yes to it."""
    room = Room(world)
    room.open()
    answers = {"line-intervention-2-answer": "yes_with_changes", "line-intervention-2-words": "A diary on my phone"}
    room.send({**TYPED, **HERE, **answers})
    said = text_of(room.page())
    assert "A diary on my phone" in room.page().content.decode()
    assert "His own wording. It counts once he says yes." in said
    line = room.standings()[5]
    room.send({**HERE, answer_name(line): "yes"})
    assert room.standings()[5].effective


def test_yes_with_changes_to_the_day_names_another_day(world):
    """PLAN-16: when to look again takes the same four answers."""
    room = Room(world)
    room.open()
    room.send(
        {**TYPED, **HERE, "line-look_again-1-answer": "yes_with_changes", "line-look_again-1-words": "2027-03-01"}
    )
    room.send({**HERE, answer_name(room.standing("look_again")): "yes"})
    assert room.standing("look_again").effective
    assert "1 March 2027" in text_of(room.page())


def test_the_therapists_own_yes_can_be_given_on_the_sheet(world):
    """PLAN-5b: clinical words the client changed wait for the therapist as well."""
    room = Room(world)
    room.open()
    answers = {"line-objective-1-answer": "yes_with_changes", "line-objective-1-words": "A call each Sunday"}
    room.send({**TYPED, **HERE, **answers})
    line = room.standing("objective")
    room.send({**HERE, answer_name(line): "yes"})
    assert room.standing("objective").open_id
    room.send({answer_name(line, "mine"): "on"})
    assert room.standing("objective").in_force_id


def test_words_put_right_before_an_answer_are_a_new_wording(world):
    """PLAN-5: the answer goes to the words that stand there when it is given."""
    room = Room(world)
    room.open()
    room.send({"line-goal-1-client_words": "Slep."})
    goal = room.standing("goal")
    room.send({**HERE, answer_name(goal, "client_words"): "Sleep.", answer_name(goal): "yes"})
    assert room.standing("goal").highest_number == 2
    assert room.standing("goal").effective


def test_one_more_line_keeps_what_was_typed(world):
    """UI-5: adding a line loses nothing, also without JavaScript."""
    room = Room(world)
    room.open()
    response = room.send({"line-goal-1-client_words": "Sleep."}, do="add:worries")
    assert response.headers["Location"].endswith("#line-worries-1")
    form = room.form()
    assert form["line-goal-1-client_words"] == ["Sleep."]
    assert "line-worries-1-client_words" in form
    room.send({"line-worries-1-client_words": "That it won’t last."})
    assert {row.statement_type or row.kind for row in room.standings()} == {"goal", "worries"}


def test_save_and_come_back_restores_everything_and_saving_clears_it(world):
    """UI-5: nothing typed is lost, nothing of it counts yet."""
    room = Room(world)
    room.open()
    room.send({"line-goal-1-client_words": "Sleep.", "sheet-how": "phone_or_video"}, do="later")
    assert room.standings() == []
    form = room.form()
    assert form["line-goal-1-client_words"] == ["Sleep."]
    assert form["sheet-how"] == ["phone_or_video"]
    room.send({})
    assert "line-goal-1-client_words" not in room.form()


def test_the_printed_copy_is_offered(world):
    """PLAN-16: taken or not taken."""
    room = Room(world)
    room.open()
    room.send({**TYPED, "sheet-copy": "not_taken"})
    assert room.sheet().copy == "not_taken"


def test_the_paper_has_the_words_and_four_boxes_to_a_line(world):
    """PLAN-16, UI-11: also of what is typed and not saved yet; never the contact rules."""
    room = Room(world)
    room.open()
    room.send(TYPED, do="print")
    paper = room.page("sheet_print")
    assert paper.content.decode().count("<li>No thanks</li>") == 7
    assert "Be someone my daughter rings up." in text_of(paper)
    assert "Contact" not in text_of(paper)


def test_closing_says_what_came_of_each_line(world):
    """PLAN-16: a closed sheet is read, not written."""
    room = Room(world)
    room.first_plan()
    assert room.send({}, do="close").status_code == 303
    page = room.page()
    assert "The sheet is closed." in text_of(page)
    assert 'type="radio"' not in page.content.decode()
    with room.reading():
        assert SheetLine.objects.filter(sheet_id=room.sheet_id).count() == 7
