"""Proposing, rewording and answering at the desk: what happens, and what is refused (PLAN-1, 3, 4, 5, 6, 15, 20)."""

from __future__ import annotations

import pytest

from plans.models import Answer, Draft, Item, ItemRevision, PaceSaid
from tests.plans.room import room_of, therapy
from tests.plans_pages.desk import a_plan, desk_of, text_of

WHAT = "Step ladder on the real bus, with Jess on the first ride"


@pytest.fixture
def room(world):
    return room_of(world, "tomek", "wren")


@pytest.fixture
def desk(room):
    return desk_of(room)


def typed(**more):
    return {"doer": "therapist", "duration_unit": "sessions", "base": "1", "do": "propose", **more}


def reworded(seeded, **more):
    return typed(**{"what": WHAT, "parent": str(seeded.goal.item_id), **more})


def test_a_new_wording_is_with_the_client_and_the_old_one_counts(desk, room):
    """PLAN-5."""
    seeded = a_plan(room)
    done = desk.post("reword", reworded(seeded, why="You asked for company."), item_id=seeded.agreed.item_id)
    assert done.status_code == 303
    page = text_of(desk.item(seeded.agreed))
    assert "Your new wording is with Tomek. The old one counts until he answers." in page
    assert "<ins>" in page
    assert "You asked for company." in page
    assert room.standing(seeded.agreed).in_force_id == seeded.agreed.id


def test_the_change_can_be_read_as_the_client_will_before_it_is_proposed(desk, room):
    """Screen 5: old and new, whose answer it asks for, the sentence, the reason."""
    seeded = a_plan(room)
    page = desk.post("reword", reworded(seeded, do="review", why="Company."), item_id=seeded.agreed.item_id)
    assert page.status_code == 200
    for words in ("<ins>", "Tomek’s yes", "Yours, given by proposing", "Changed since you agreed.", "Why: Company."):
        assert words in text_of(page)
    with room.acts(room.therapist):
        assert ItemRevision.objects.filter(item_id=seeded.agreed.item_id).count() == 1


def test_the_second_of_two_writers_sees_both_texts_and_loses_nothing(desk, room):
    """PLAN-15: 409, what was typed kept, and the next try is written on the newer wording."""
    seeded = a_plan(room)
    room.reword(seeded.agreed, therapy("Step ladder, twice a week", parent=seeded.goal.item_id), room.client)
    page = desk.post("reword", reworded(seeded), item_id=seeded.agreed.item_id)
    assert page.status_code == 409
    text = text_of(page)
    assert "What moved" in text
    assert "twice a week" in text
    assert f">\n{WHAT}</textarea>" in text
    again = desk.post("reword", reworded(seeded, base="2"), item_id=seeded.agreed.item_id)
    assert again.status_code == 303


def test_errors_keep_everything_typed(desk, room):
    """UI-5."""
    seeded = a_plan(room)
    page = desk.post("reword", reworded(seeded, what="", why="Kept?"), item_id=seeded.agreed.item_id)
    assert page.status_code == 422
    assert "<title>Error: Plan" in text_of(page)
    assert 'value="Kept?"' in text_of(page)
    assert "There is one thing to finish" in text_of(page)


def test_something_off_the_table_is_asked_about_before_it_is_raised(desk, room):
    """PLAN-6."""
    a_plan(room)
    data = typed(what="Group for panic")
    page = desk.post("add_kind", data, kind="intervention")
    assert page.status_code == 422
    assert "Tomek asked to leave this for now. Raise it anyway?" in text_of(page)
    assert "Group for panic</textarea>" in text_of(page)
    assert desk.post("add_kind", {**data, "raise_anyway": "yes"}, kind="intervention").status_code == 303
    with room.acts(room.therapist):
        assert ItemRevision.objects.filter(raised_over__isnull=False).count() == 1


def test_the_clients_words_can_not_be_typed_over_at_the_desk(desk, room):
    """PLAN-3: a field that isn't in the form changes nothing."""
    seeded = a_plan(room)
    data = {"clinical_wording": "Commute by bus", "client_words": "I obey.", "base": "1", "do": "propose"}
    assert desk.post("reword", data, item_id=seeded.goal.item_id).status_code == 303
    with room.acts(room.therapist):
        latest = ItemRevision.objects.filter(item_id=seeded.goal.item_id).latest("number")
    assert latest.content["client_words"] == "Ride the 14 to work like it’s just a bus."
    assert latest.content["importance"] == 10
    assert latest.asks == ["clinical_wording"]


def test_the_pace_says_how_much_is_left_and_then_says_no(desk, room):
    """PLAN-20."""
    a_plan(room)
    assert "1 of 3 new proposals left today" in text_of(desk.get("add"))
    assert desk.post("add_kind", typed(what="A letter"), kind="intervention").status_code == 303
    page = desk.post("add_kind", typed(what="Another letter"), kind="intervention")
    assert page.status_code == 422
    assert "today’s are made" in text_of(page)
    assert "Another letter</textarea>" in text_of(page)


def test_the_pace_is_written_down_as_it_was_said(desk, room):
    assert desk.post("pace", {"pace": "listening", "said_how": "said_in_session"}).status_code == 303
    with room.acts(room.therapist):
        assert PaceSaid.objects.get().pace == "listening"
    assert "just listening for now" in text_of(desk.get("plan"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"answer": "yes"}, "in_force"),
        ({"answer": "yes_with_changes", "wording": "A letter, without my mother"}, "suggested"),
        ({"answer": "no", "reason": "I am not allowed to write to them."}, "declined"),
    ],
)
def test_the_therapist_answers_what_the_client_proposed(desk, room, given, said):
    """PLAN-7."""
    a_plan(room)
    theirs = room.propose(therapy("Letter to the insurer"), room.client)
    assert "Tomek proposed" in text_of(desk.item(theirs))
    assert desk.post("answer", given, item_id=theirs.item_id).status_code == 303
    standing = room.standing(theirs)
    match said:
        case "in_force":
            assert standing.in_force_id == theirs.id
        case "suggested":
            assert standing.open_id not in (None, theirs.id)
        case "declined":
            assert standing.off_choice == "no"


def test_a_no_needs_a_reason(desk, room):
    theirs = room.propose(therapy("Letter to the insurer"), room.client)
    page = desk.post("answer", {"answer": "no"}, item_id=theirs.item_id)
    assert page.status_code == 422
    assert "write your reason" in text_of(page)


def test_the_therapists_own_yes_can_be_taken_back_and_given_again(desk, room):
    """PLAN-4, PLAN-5e."""
    seeded = a_plan(room)
    item = seeded.agreed.item_id
    none = desk.post("own_answer", {"revision": seeded.agreed.id, "choice": "no"}, item_id=item)
    assert none.status_code == 422
    data = {"revision": seeded.agreed.id, "choice": "no", "reason": "I am not trained in it."}
    assert desk.post("own_answer", data, item_id=item).status_code == 303
    assert room.standing(seeded.agreed).in_force_id is None
    assert "Say yes to it" in text_of(desk.item(seeded.agreed))
    assert desk.post("own_answer", {"revision": seeded.agreed.id, "choice": "yes"}, item_id=item).status_code == 303
    assert room.standing(seeded.agreed).in_force_id == seeded.agreed.id


def test_moving_a_line_says_that_it_needs_new_answers(desk, room):
    """PLAN-5d."""
    seeded = a_plan(room)
    assert "Moving it asks for new answers" in text_of(desk.get("move", item_id=seeded.agreed.item_id))
    data = {"parent": str(seeded.objective.item_id), "base": "1", "why": "It belongs to the stops."}
    assert desk.post("move", data, item_id=seeded.agreed.item_id).status_code == 303
    standing = room.standing(seeded.agreed)
    assert standing.parent_id == seeded.goal.item_id
    assert standing.open_id is not None


def test_lines_change_places_by_buttons_and_nobody_is_asked(desk, room):
    """PLAN-5d."""
    seeded = a_plan(room)
    before = text_of(desk.get("plan"))
    assert before.index("Three stops with Jess") < before.index("Step ladder on the real bus")
    assert desk.post("order", {"to": "earlier"}, item_id=seeded.agreed.item_id).status_code == 303
    after = text_of(desk.get("plan"))
    assert after.index("Step ladder on the real bus") < after.index("Three stops with Jess")
    assert room.standing(seeded.agreed).open_id is None


def test_progress_moves_by_the_table_alone(desk, room):
    seeded = a_plan(room)
    assert desk.post("progress", {"verb": "start"}, item_id=seeded.agreed.item_id).status_code == 303
    assert "Agreed, under way" in text_of(desk.item(seeded.agreed))
    page = desk.post("progress", {"verb": "resume"}, item_id=seeded.agreed.item_id)
    assert page.status_code == 422
    with room.acts(room.therapist):
        assert Item.objects.get(id=seeded.agreed.item_id).progress == "in_progress"


def test_what_is_typed_is_kept_and_comes_back(desk, room):
    """UI-5."""
    seeded = a_plan(room)
    key = f"item:{seeded.agreed.item_id}"
    assert desk.post("draft", reworded(seeded, why="Not yet"), key=key).status_code == 204
    page = text_of(desk.item(seeded.agreed))
    assert f"{WHAT}</textarea>" in page
    assert "You had begun this on" in page
    desk.post("reword", reworded(seeded), item_id=seeded.agreed.item_id)
    with room.acts(room.therapist):
        assert Draft.objects.get(key=key).content == {}


def test_a_double_click_makes_one_proposal(desk, room):
    seeded = a_plan(room)
    for _ in range(2):
        assert desk.post("reword", reworded(seeded), item_id=seeded.agreed.item_id).status_code == 303
    with room.acts(room.therapist):
        assert ItemRevision.objects.filter(item_id=seeded.agreed.item_id).count() == 2
        assert Answer.objects.filter(item_id=seeded.agreed.item_id, how="by_proposing").count() == 2


def test_whose_goal_it_is_can_be_said_and_is_read_where_the_goal_is(desk, room):
    """PLAN-1, PLAN-2: `expressed_by` is part of the wording, whoever typed it."""
    seeded = a_plan(room)
    data = {"clinical_wording": "Commute by bus", "expressed_by": "together", "base": "1", "do": "propose"}
    assert desk.post("reword", data, item_id=seeded.goal.item_id).status_code == 303
    assert "Of both together" in text_of(desk.item(seeded.goal))
    with room.acts(room.therapist):
        latest = ItemRevision.objects.filter(item_id=seeded.goal.item_id).order_by("-number").first()
        assert latest.content["expressed_by"] == "together"
