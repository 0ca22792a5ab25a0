"""The client's words are the client's (PLAN-3), and what proposing and dictating count for (PLAN-5, PLAN-16)."""

from __future__ import annotations

import pytest

from careplan.accounts.models import User
from careplan.errors import Refused
from plans.content import StatementContent
from plans.kinds import How, Part
from plans.models import Answer, ItemRevision
from plans.services.sheets import SheetAnswer, SheetWriting
from tests.plans.room import BUS, Room, goal, strength


def test_staff_cannot_write_the_clients_words(room: Room) -> None:
    for content in (goal(), strength()):
        with pytest.raises(Refused, match="own words"):
            room.propose(content, room.therapist)


def test_staff_cannot_change_the_clients_words(room: Room) -> None:
    mine = room.agreed_goal()
    with pytest.raises(Refused, match="own words"):
        room.reword(mine, goal("Take any bus to work."), room.therapist)
    with pytest.raises(Refused, match="own words"):
        room.reword(mine, goal("", "Commute without avoidance."), room.therapist)


def test_staff_word_the_clinical_text_beside_them(room: Room) -> None:
    """PLAN-2: the client's words stay verbatim; the clinical wording is the therapist's, approved by the client."""
    mine = room.agreed_goal()
    room.reword(mine, goal(BUS, "Commute without avoidance."), room.therapist)
    assert room.standing(mine).in_force_id == mine.id


def test_words_in_force_may_be_carried_over_when_newer_ones_were_declined(two: Room) -> None:
    """PLAN-5e: the client's words carry over, also past a wording that one of two declined."""
    one, other = two.members
    mine = two.agreed_goal("Argue without shouting")
    newer = two.reword(mine, goal("Never argue"), one)
    two.answer(newer, "no", other)
    clinical = two.reword(newer, goal("Argue without shouting", "De-escalation"), two.therapist)
    assert clinical.asks == [Part.CLINICAL_WORDING]


def test_dictation_on_a_sheet_counts_only_by_the_clients_answer(room: Room) -> None:
    """PLAN-16: what is written down for the client is no yes of anybody's."""
    sheet = room.sheet()
    (written,) = room.write(sheet, SheetWriting(goal()))
    assert written.dictated
    assert room.standing(written).open_id == written.id
    with room.acts(room.therapist):
        assert not Answer.objects.filter(revision=written).exists()
    room.said(sheet, SheetAnswer(written.id, "yes"))
    assert room.standing(written).effective


def test_the_therapists_own_part_of_a_dictated_goal_is_a_yes(room: Room) -> None:
    """PLAN-5: the clinical wording is the therapist's own; the client's words beside it are not."""
    sheet = room.sheet()
    (written,) = room.write(sheet, SheetWriting(goal(BUS, "Commute without avoidance.")))
    with room.acts(room.therapist):
        answers = list(Answer.objects.filter(revision=written).values_list("person_id", "how"))
    assert answers == [(room.therapist.person_id, How.BY_PROPOSING)]
    assert not room.standing(written).effective
    room.said(sheet, SheetAnswer(written.id, "yes"))
    assert room.standing(written).effective


def test_nobody_dictates_for_somebody_with_an_account(room: Room) -> None:
    """PLAN-3: while the client has an account, only they change their words."""
    User.objects.create(person_id=room.client.person_id, email="tomek@example.test")
    sheet = room.sheet()
    with pytest.raises(Refused, match="has an account"):
        room.write(sheet, SheetWriting(goal()))
    revision = room.propose(goal(), room.client)
    assert room.standing(revision).effective


def test_what_the_client_changes_in_the_room_waits_for_their_own_yes(room: Room) -> None:
    """PLAN-16: “yes, with changes” in the room becomes dictation, and dictation never is a yes."""
    sheet = room.sheet()
    (written,) = room.write(sheet, SheetWriting(goal("Sleep")))
    room.said(sheet, SheetAnswer(written.id, "yes_with_changes", wording=goal("Sleep through")))
    standing = room.standing(written)
    with room.acts(room.therapist):
        changed = ItemRevision.objects.get(id=standing.open_id)
    assert changed.dictated
    room.said(sheet, SheetAnswer(changed.id, "yes"))
    assert room.standing(written).in_force_id == changed.id


def test_every_wording_names_its_author_and_their_role(room: Room) -> None:
    """PLAN-1: every revision names its author."""
    mine = room.propose(goal(), room.client)
    theirs = room.reword(mine, goal(BUS, "Commute"), room.therapist)
    assert (mine.author_id, mine.author_role) == (room.client.person_id, "client")
    assert (theirs.author_id, theirs.author_role) == (room.therapist.person_id, "lead")


def test_the_same_words_by_form_and_by_hand_are_the_same(room: Room) -> None:
    """PLAN-5f: a form's \\r\\n and trailing blanks make no second wording."""
    first = room.propose(StatementContent("brings_me", "Since Halina died\nI do not sleep"), room.client)
    again = room.propose(StatementContent("brings_me", "Since Halina died  \r\nI do not sleep\n"), room.client)
    assert again.id == first.id
