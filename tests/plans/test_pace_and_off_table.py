"""What was taken off the table (PLAN-6), and how much a client wants to be asked (PLAN-20)."""

from __future__ import annotations

from datetime import date

import pytest

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.access.seam import opened
from careplan.errors import Refused
from plans.kinds import How
from plans.selectors.declined import alike
from plans.services.off_table import OffTheTable
from plans.services.pace import pace_now, set_pace
from plans.services.sheets import SheetWriting
from tests.plans.room import Room, goal, homework, objective, therapy


def declined(room: Room, **answer: object):
    revision = room.propose(therapy("Empty-chair exercise"), room.therapist)
    room.answer(revision, **({"choice": "no", "by": room.client} | answer))
    return revision


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"choice": "not_now", "until": date(2031, 6, 15)}, "Roz asked to leave this until 15 June. Raise it anyway?"),
        ({"choice": "not_now"}, "Roz asked to leave this for now. Raise it anyway?"),
        ({"choice": "no"}, "Roz said no thanks to this. Raise it anyway?"),
        ({"choice": "no", "until_raised": True}, "Roz asked to leave this until Roz brings it up. Raise it anyway?"),
    ],
)
def test_staff_are_asked_before_they_raise_it_again(roz: Room, answer: dict, sentence: str) -> None:
    """PLAN-6, in the words of the screens."""
    first = declined(roz, **answer)
    for attempt in (
        lambda: roz.propose(therapy("The empty chair exercise!"), roz.therapist),
        lambda: roz.reword(first, therapy("Something with a chair"), roz.therapist),
    ):
        with pytest.raises(OffTheTable) as asked:
            attempt()
        assert asked.value.sentence == sentence


def test_raising_it_anyway_is_recorded(roz: Room) -> None:
    """PLAN-6: the override is kept with the wording and told as an event."""
    first = declined(roz)
    again = roz.reword(first, therapy("Empty chair, five minutes"), roz.therapist, raise_anyway=True)
    with roz.acts(roz.therapist):
        assert again.raised_over.revision_id == first.id
    with opened(roz.therapist, clients=[roz.client_id], classes=[DataClass.LEDGER], via="test"):
        assert EventRow.objects.filter(kind="item.raised_again", object_id=first.item_id).exists()


def test_after_its_date_nobody_is_asked(roz: Room) -> None:
    declined(roz, choice="not_now", until=date(2020, 1, 1))
    assert roz.propose(therapy("Empty-chair exercise, again"), roz.therapist)


def test_the_client_brings_up_what_they_like(roz: Room) -> None:
    declined(roz, until_raised=True)
    assert roz.propose(therapy("Empty-chair exercise"), roz.client)


def test_what_was_declined_once_may_be_answered_yes(roz: Room) -> None:
    first = declined(roz)
    roz.answer(first, "yes", roz.client)
    assert roz.standing(first).effective
    assert roz.reword(first, therapy("Empty-chair exercise, seated"), roz.therapist)


def test_what_was_agreed_to_later_outweighs_an_earlier_no(roz: Room) -> None:
    first = declined(roz)
    again = roz.reword(first, therapy("Empty-chair exercise, seated"), roz.therapist, raise_anyway=True)
    roz.answer(again, "yes", roz.client)
    assert roz.reword(again, therapy("Empty-chair exercise, standing"), roz.therapist)


def test_a_declined_rewording_is_not_offered_again_either(roz: Room) -> None:
    agreed = roz.agreed_intervention("Talks every week")
    other = roz.reword(agreed, therapy("Talks twice a week, and by phone"), roz.therapist)
    roz.answer(other, "not_now", roz.client)
    with pytest.raises(OffTheTable):
        roz.reword(other, therapy("Talks twice a week and by phone!"), roz.therapist)
    assert roz.reword(other, therapy("A walk in the park"), roz.therapist)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Group for panic", "group for PANIC!", True),
        ("Body-sensation practice", "Body sensation  practise", True),
        ("Group for panic", "Group for sleep and rest", False),
        ("", "", False),
    ],
)
def test_nearly_the_same_words_are_the_same(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


def active(room: Room) -> Room:
    room.agreed_goal("Sleep through")
    return room


def test_a_steady_pace_leaves_three_new_proposals_a_day(roz: Room) -> None:
    """PLAN-20: staff see it before they propose, and are refused with a sentence."""
    active(roz)
    for number in range(3):
        with roz.acts(roz.therapist):
            assert pace_now(client_id=roz.client_id).left == 3 - number
        roz.propose(objective(f"{number} quite different things to see"), roz.therapist)
    with pytest.raises(Refused, match=r"Roz’s pace is steady: 3 new proposals a day, and today’s are made\."):
        roz.propose(homework("One more"), roz.therapist)
    assert roz.propose(homework("My own idea"), roz.client)


@pytest.mark.parametrize(("pace", "left"), [("slower", 1), ("listening", 0), ("steady", 3)])
def test_the_client_sets_the_pace(roz: Room, pace: str, left: int) -> None:
    active(roz)
    with roz.acts(roz.therapist):
        set_pace(client_id=roz.client_id, pace=pace, said_how=How.SAID_IN_SESSION, by=roz.therapist)
        assert pace_now(client_id=roz.client_id).left == left
    for number in range(left):
        roz.propose(objective(f"{number} quite different things to see"), roz.therapist)
    with pytest.raises(Refused):
        roz.propose(homework("One more"), roz.therapist)


def test_setting_the_same_pace_again_changes_nothing(roz: Room) -> None:
    with roz.acts(roz.therapist):
        one, other = (
            set_pace(client_id=roz.client_id, pace="slower", said_how="said_in_session", by=roz.therapist) for _ in "12"
        )
        assert one.id == other.id
        with pytest.raises(Refused):
            set_pace(client_id=roz.client_id, pace="racing", said_how="said_in_session", by=roz.therapist)


def test_a_first_plan_has_no_cap(roz: Room) -> None:
    sheet = roz.sheet()
    with roz.acts(roz.therapist):
        set_pace(client_id=roz.client_id, pace="listening", said_how="said_in_session", by=roz.therapist)
    lines = [
        SheetWriting(homework(f"Quite another thing {word}")) for word in ("at dawn", "by bus", "with Jess", "alone")
    ]
    assert len(roz.write(sheet, *lines)) == 4


def test_replying_to_a_proposal_and_writing_down_are_not_counted(hollis: Room) -> None:
    """PLAN-7, PLAN-20: a duty to answer isn't a new proposal, and dictation is the client's."""
    active(hollis)
    with hollis.acts(hollis.therapist):
        set_pace(client_id=hollis.client_id, pace="listening", said_how="said_in_session", by=hollis.therapist)
    mine = hollis.propose(objective("72 hours’ notice"), hollis.client)
    hollis.answer(mine, "yes_with_changes", hollis.therapist, wording=objective("48 hours’ notice"))
    sheet = hollis.sheet("review")
    assert hollis.write(sheet, SheetWriting(goal("Tell my manager")))
    with hollis.acts(hollis.therapist):
        assert pace_now(client_id=hollis.client_id).made == 0
