"""A plan made and answered wholly in one place, with no client account (PLAN-16)."""

from __future__ import annotations

from datetime import date

import pytest

from careplan.errors import Conflict, NotYours, Refused
from plans.kinds import How
from plans.models import Answer, Plan, PlanHead, SheetLine
from plans.services.answers import answer_item
from plans.services.items import move_plan
from plans.services.sheets import (
    SheetAnswer,
    SheetWriting,
    close_sheet,
    hand_back,
    is_turned,
    record_copy,
    turn_sheet,
)
from tests.plans.room import Room, goal, homework, look_again, objective, strength, therapy


def first_plan(room: Room) -> tuple:
    sheet = room.sheet()
    written = room.write(
        sheet,
        SheetWriting(strength()),
        SheetWriting(goal("To say her name at the table.", "Stay in the room."), key="goal"),
        SheetWriting(objective("Says her name once at a meal"), parent_key="goal"),
        SheetWriting(therapy("Grief-focused therapy"), parent_key="goal"),
        SheetWriting(homework("GP check before cutting down")),
        SheetWriting(look_again()),
    )
    return sheet, written


def test_a_first_plan_is_agreed_in_one_sitting(room: Room) -> None:
    sheet, written = first_plan(room)
    answers = room.said(sheet, to_the_rest="yes")
    assert [answer.choice for answer in answers] == ["yes"] * 6
    assert all(room.standing(revision).effective for revision in written)
    with room.acts(room.therapist):
        head = PlanHead.objects.get(client_id=room.client_id)
        assert (head.status, head.agreed, head.open_count, head.versions) == ("active", 6, 0, 1)
        assert head.look_again_on == date(2027, 1, 12)


def test_each_answer_says_how_it_was_given_and_who_was_there(room: Room) -> None:
    sheet, written = first_plan(room)
    room.said(
        sheet,
        SheetAnswer(written[0].id, "yes"),
        SheetAnswer(written[1].id, "not_now", how=How.OWN_HAND_PRACTICE, until=date(2027, 6, 15)),
        SheetAnswer(written[4].id, "no", until_raised=True, words="Not with a doctor"),
    )
    with room.acts(room.therapist):
        said = {answer.revision_id: answer for answer in Answer.objects.exclude(how=How.BY_PROPOSING)}
    first, second, third = said[written[0].id], said[written[1].id], said[written[4].id]
    assert (first.how, first.recorded_by_id, first.present) == (
        How.SAID_IN_SESSION,
        room.therapist.person_id,
        ["Tomek"],
    )
    assert (second.how, second.until, second.role_held) == (How.OWN_HAND_PRACTICE, date(2027, 6, 15), "client")
    assert (third.until_raised, third.words) == (True, "Not with a doctor")


def test_one_answer_for_the_sheet_leaves_the_lines_that_have_their_own(room: Room) -> None:
    sheet, written = first_plan(room)
    room.said(sheet, SheetAnswer(written[4].id, "no"), to_the_rest="yes")
    assert room.standing(written[4]).off_choice == "no"
    assert sum(room.standing(revision).effective for revision in written) == 5


def test_all_of_a_sheet_is_saved_or_nothing(room: Room) -> None:
    """UI-5: a refusal halfway leaves no half-answered sheet."""
    sheet, written = first_plan(room)
    with pytest.raises(Refused, match="words it should have"):
        room.said(sheet, SheetAnswer(written[0].id, "yes"), SheetAnswer(written[1].id, "yes_with_changes"))
    assert not room.standing(written[0]).effective
    with room.acts(room.therapist):
        assert not Answer.objects.filter(recorded_by__isnull=False).exists()


def test_answers_are_recorded_on_an_open_sheet_only(room: Room) -> None:
    sheet, written = first_plan(room)
    with room.acts(room.therapist):
        close_sheet(sheet_id=sheet.id, by=room.therapist)
    with pytest.raises(Refused, match="closed"):
        room.said(sheet, SheetAnswer(written[0].id, "yes"))
    for sheet_id in (sheet.id, None):
        with pytest.raises(Refused, match="open sheet"):
            room.answer(written[0], "yes", room.therapist, person_id=room.client.person_id, sheet_id=sheet_id)


def test_nobody_records_a_colleagues_answer(room: Room) -> None:
    """PLAN-1: nobody answers for another; writing down is for those who aren't staff."""
    revision = room.propose(objective(), room.client)
    sheet = room.sheet("first_plan")
    nadia = room.propose(homework(), room.client)
    with room.acts(room.client), pytest.raises(Refused):
        answer_item(
            revision_id=nadia.id,
            choice="no",
            by=room.client,
            person_id=room.therapist.person_id,
            sheet_id=sheet.id,
            how=How.SAID_IN_SESSION,
        )
    assert room.standing(revision).open_id == revision.id


def test_of_two_it_must_be_said_whose_answer_it_is(two: Room) -> None:
    """PLAN-5a."""
    sheet = two.sheet()
    (written,) = two.write(sheet, SheetWriting(goal("Talk at supper")))
    with pytest.raises(Refused, match="whose answer"):
        two.said(sheet, SheetAnswer(written.id, "yes"))
    for member in two.members:
        two.said(sheet, SheetAnswer(written.id, "yes", person_id=member.person_id))
    assert two.standing(written).effective


def test_the_device_goes_to_the_client_and_back(room: Room) -> None:
    sheet, _ = first_plan(room)
    with room.acts(room.therapist):
        assert is_turned(turn_sheet(sheet_id=sheet.id, by=room.therapist))
        with pytest.raises(Refused, match="turned"):
            close_sheet(sheet_id=sheet.id, by=room.therapist)
        assert not is_turned(hand_back(sheet_id=sheet.id, by=room.therapist))
        turned = turn_sheet(sheet_id=sheet.id, by=room.therapist)
        assert is_turned(turned)
        hand_back(sheet_id=sheet.id, by=room.therapist)
        assert close_sheet(sheet_id=sheet.id, by=room.therapist).closed_by_id == room.therapist.person_id


def test_a_copy_is_offered_taken_or_not(room: Room) -> None:
    sheet, _ = first_plan(room)
    with room.acts(room.therapist):
        assert record_copy(sheet_id=sheet.id, copy="taken", by=room.therapist).copy_by_id == room.therapist.person_id
        with pytest.raises(Refused):
            record_copy(sheet_id=sheet.id, copy="burnt", by=room.therapist)


def test_opening_twice_is_one_sheet(room: Room) -> None:
    assert room.sheet().id == room.sheet().id


def test_a_review_starts_with_what_is_open_and_agreed(room: Room) -> None:
    agreed = room.agreed_goal()
    opened = room.propose(therapy(), room.therapist)
    declined = room.propose(homework(), room.client)
    room.answer(declined, "no", room.client)
    sheet = room.sheet("review")
    with room.acts(room.therapist):
        lines = list(SheetLine.objects.filter(sheet=sheet).order_by("position").values_list("revision_id", flat=True))
    assert lines == [agreed.id, opened.id]


def test_there_is_one_first_plan(room: Room) -> None:
    room.agreed_goal()
    with pytest.raises(Refused, match="review"):
        room.sheet("first_plan")


def test_a_wording_written_meanwhile_meets_the_sheet_with_both_texts(room: Room) -> None:
    """PLAN-15."""
    sheet, written = first_plan(room)
    room.reword(written[3], therapy("Talks", parent=written[1].item_id), room.therapist)
    with pytest.raises(Conflict) as moved:
        room.said(sheet, SheetAnswer(written[3].id, "yes"))
    assert moved.value.moved["theirs"].what == "Talks"


def test_an_ended_plan_takes_nothing_more(room: Room) -> None:
    revision = room.agreed_goal()
    with room.acts(room.therapist):
        assert move_plan(plan_id=room.plan_id, verb="end_early", by=room.therapist, reason="Moved away").ended_at
    for attempt in (
        lambda: room.answer(revision, "no", room.client),
        lambda: room.propose(homework(), room.client),
        lambda: room.sheet("review"),
    ):
        with pytest.raises(Refused, match="ended"):
            attempt()


def test_somebody_elses_sheet_is_not_there(room: Room, roz: Room) -> None:
    """ACC-5."""
    sheet, written = first_plan(room)
    with roz.acts(roz.therapist), pytest.raises(NotYours):
        answer_item(revision_id=written[0].id, choice="yes", by=roz.therapist)
    with roz.acts(roz.therapist), pytest.raises(NotYours):
        turn_sheet(sheet_id=sheet.id, by=roz.therapist)


def test_no_agreed_plan_yet_is_a_state(room: Room) -> None:
    """PLAN-18: a plan that nothing is agreed in is a draft, counted as such, with no version and no fault."""
    room.propose(therapy(), room.therapist)
    assert room.plan().status == "draft"
    with room.acts(room.therapist):
        head = PlanHead.objects.get(client_id=room.client_id)
        assert (head.agreed, head.open_count, head.with_client, head.versions) == (0, 1, 1, 0)
        assert Plan.objects.get(id=room.plan_id).activated_at is None
