"""When something is in force, and when not (PLAN-4, PLAN-5, PLAN-5a, PLAN-5b, PLAN-5d, PLAN-5e)."""

from __future__ import annotations

from datetime import date

import pytest

from careplan.access.models import CareRole
from careplan.errors import Conflict, Refused
from plans.kinds import Choice, How
from plans.models import Answer, ItemRevision, Party, Version
from tests.plans.room import BUS, Room, goal, homework, objective, strength, therapy


def test_what_a_client_proposes_for_themself_is_in_force_at_once(room: Room) -> None:
    """PLAN-5, PLAN-5b: proposing by one's own hand is a yes; a goal in the client's words asks the deciders alone."""
    revision = room.propose(goal(), room.client)
    standing = room.standing(revision)
    assert (standing.in_force_id, standing.open_id, standing.effective) == (revision.id, None, True)
    with room.acts(room.therapist):
        answer = Answer.objects.get(revision=revision)
        assert (answer.how, answer.person_id, answer.role_held) == (How.BY_PROPOSING, room.client.person_id, "client")
        assert [party.kind for party in Party.objects.filter(revision=revision)] == ["decider"]


def test_what_staff_propose_waits_for_the_client(room: Room) -> None:
    """PLAN-5: the therapist's own yes is in it; the client's is asked."""
    revision = room.propose(therapy(), room.therapist)
    assert room.standing(revision).open_id == revision.id
    assert not room.standing(revision).effective
    room.answer(revision, "yes", room.client)
    assert room.standing(revision).effective
    assert room.plan().status == "active"


def test_an_objective_of_the_clients_waits_for_the_therapist(room: Room) -> None:
    """PLAN-5b: objectives ask the deciders and the therapist."""
    revision = room.propose(objective(), room.client)
    assert room.standing(revision).open_id == revision.id
    room.answer(revision, "yes", room.therapist)
    assert room.standing(revision).effective


def test_a_cover_does_not_stand_in_for_the_therapist(room: Room, world: dict) -> None:
    """PLAN-5e: “the therapist” is any current lead or co-therapist; nobody else substitutes."""
    from careplan.access.actor import Purpose, staff_actor

    nadia = staff_actor(person_id=world["nadia"], practice_id=room.practice_id, purpose=Purpose.CARE)
    revision = room.propose(objective(), room.client)
    with pytest.raises(Refused):
        room.answer(revision, "yes", nadia)
    assert room.standing(revision).open_id == revision.id


def test_a_co_therapist_is_the_therapist(room: Room, world: dict) -> None:
    """PLAN-5e."""
    imani = room.colleague(world["imani"], CareRole.CO_THERAPIST)
    revision = room.propose(objective(), room.client)
    room.answer(revision, "yes", imani)
    assert room.standing(revision).effective


def test_what_the_client_does_themself_asks_nobody_else(room: Room) -> None:
    """PLAN-5b: an intervention asks the deciders and whoever will do it."""
    assert room.standing(room.propose(homework(), room.client)).effective


def test_declining_takes_out_of_force_at_once(room: Room) -> None:
    """PLAN-4: an answer can be changed at any time; declining an item in force takes it out."""
    revision = room.agreed_intervention()
    room.answer(revision, "no", room.client)
    standing = room.standing(revision)
    assert (standing.in_force_id, standing.effective, standing.off_choice) == (None, False, "no")


def test_a_later_yes_brings_it_back(room: Room) -> None:
    """PLAN-5e: a later yes reverses a no or a not now, until something newer is proposed."""
    revision = room.agreed_intervention()
    room.answer(revision, "not_now", room.client, until=date(2027, 1, 1))
    assert room.standing(revision).off_until == date(2027, 1, 1)
    room.answer(revision, "yes", room.client)
    assert room.standing(revision).effective


def test_the_old_words_count_until_the_new_ones_are_answered(room: Room) -> None:
    """PLAN-5: a new wording leaves what is in force untouched, and replaces it for good once agreed."""
    old = room.agreed_intervention("Weekly talks")
    new = room.reword(old, therapy("Talks every two weeks"), room.therapist)
    standing = room.standing(old)
    assert (standing.in_force_id, standing.open_id, standing.effective) == (old.id, new.id, True)
    room.answer(new, "yes", room.client)
    assert room.standing(old).in_force_id == new.id


def test_replaced_words_take_no_answers_and_never_return(room: Room) -> None:
    """PLAN-5e: replaced revisions take no answers (409) and never return."""
    old = room.agreed_intervention("Weekly talks")
    new = room.reword(old, therapy("Talks every two weeks"), room.therapist)
    room.answer(new, "yes", room.client)
    with pytest.raises(Conflict) as moved:
        room.answer(old, "yes", room.client)
    assert moved.value.moved["theirs"].what == "Talks every two weeks"
    room.answer(new, "no", room.client)
    assert room.standing(old).in_force_id is None


def test_declining_a_new_wording_keeps_the_old_one(room: Room) -> None:
    """PLAN-5e: no and not now close the open proposal; what is in force stays."""
    old = room.agreed_intervention("Weekly talks")
    new = room.reword(old, therapy("Talks every two weeks"), room.therapist)
    room.answer(new, "no", room.client)
    standing = room.standing(old)
    assert (standing.in_force_id, standing.open_id, standing.off_choice) == (old.id, None, None)
    room.answer(new, "yes", room.client)
    assert room.standing(old).in_force_id == new.id


def test_yes_with_changes_opens_the_clients_wording(room: Room) -> None:
    """PLAN-4, PLAN-5e: to an open proposal it closes it and opens the client's words, with the client's own yes."""
    first = room.propose(therapy("Weekly talks"), room.therapist)
    room.answer(first, "yes_with_changes", room.client, wording=therapy("Talks every other Tuesday"))
    standing = room.standing(first)
    with room.acts(room.therapist):
        mine = ItemRevision.objects.get(id=standing.open_id)
    assert (mine.content["what"], mine.author_id) == ("Talks every other Tuesday", room.client.person_id)
    room.answer(mine, "yes", room.therapist)
    assert room.standing(first).in_force_id == mine.id


def test_yes_with_changes_to_what_is_in_force_leaves_it_in(room: Room) -> None:
    """PLAN-5e."""
    first = room.agreed_intervention("Weekly talks")
    room.answer(first, "yes_with_changes", room.client, wording=therapy("Talks every other Tuesday"))
    standing = room.standing(first)
    assert standing.in_force_id == first.id
    assert standing.open_id not in (None, first.id)


def test_yes_with_changes_does_not_take_a_no_back(room: Room) -> None:
    """PLAN-5e: only a later yes reverses a no; wanting other words leaves the old ones out."""
    first = room.agreed_intervention("Weekly talks")
    room.answer(first, "no", room.client)
    room.answer(first, "yes_with_changes", room.client, wording=therapy("Talks every other Tuesday"))
    standing = room.standing(first)
    assert standing.in_force_id is None
    assert standing.open_id not in (None, first.id)


def test_yes_with_changes_needs_the_words(room: Room) -> None:
    """PLAN-4: it carries the client's wording; the same words are not a change."""
    first = room.propose(therapy("Weekly talks"), room.therapist)
    for wording in (None, therapy("Weekly talks ")):
        with pytest.raises(Refused):
            room.answer(first, "yes_with_changes", room.client, wording=wording)


def test_staff_answer_a_clients_proposal_in_three_ways(room: Room) -> None:
    """PLAN-7's answers: yes, suggest a wording, no with a reason."""
    proposal = room.propose(objective("72 hours’ notice"), room.client)
    for choice in (Choice.NOT_NOW, Choice.NO):
        with pytest.raises(Refused):
            room.answer(proposal, choice, room.therapist)
    room.answer(proposal, "no", room.therapist, words="The law says 48 hours.")
    assert room.standing(proposal).off_choice == "no"


def test_suggesting_a_wording_asks_the_client_about_it(room: Room) -> None:
    """PLAN-5e from the other side."""
    proposal = room.propose(objective("72 hours’ notice"), room.client)
    room.answer(proposal, "yes_with_changes", room.therapist, wording=objective("48 hours’ notice"))
    standing = room.standing(proposal)
    with room.acts(room.therapist):
        suggested = ItemRevision.objects.get(id=standing.open_id)
    room.answer(suggested, "yes", room.client)
    assert room.standing(proposal).in_force_id == suggested.id


def test_both_of_a_couple_must_say_yes(two: Room) -> None:
    """PLAN-5a: the client's yes means that of all deciders fixed on the wording."""
    one, other = two.members
    revision = two.propose(goal(), one)
    assert two.standing(revision).open_id == revision.id
    two.answer(revision, "yes", other)
    assert two.standing(revision).effective
    two.answer(revision, "no", one)
    assert not two.standing(revision).effective


def test_a_reworded_clinical_text_asks_about_that_text_only(room: Room) -> None:
    """PLAN-5e: parties follow the parts changed; the client's words carry over."""
    mine = room.agreed_goal()
    new = room.reword(mine, goal(BUS, "Commute without avoidance."), room.therapist)
    with room.acts(room.therapist):
        assert new.asks == ["clinical_wording"]
        assert {party.kind for party in Party.objects.filter(revision=new)} == {"decider", "therapist"}
    room.answer(new, "yes", room.client)
    assert room.standing(mine).in_force_id == new.id


def test_rewording_declined_text_asks_about_everything_that_is_not_agreed(room: Room) -> None:
    """PLAN-5b: what nobody agreed to doesn't slip in beside a small change."""
    first = room.propose(objective("Three stops with Jess"), room.therapist)
    room.answer(first, "no", room.client)
    second = room.propose(goal("Sleep through", "Insomnia, 6.5 h"), room.client)
    assert room.standing(second).open_id == second.id
    third = room.reword(second, goal("Sleep through the night", "Insomnia, 6.5 h"), room.client)
    assert third.asks == ["client_words", "clinical_wording"]
    assert room.standing(third).open_id == third.id


def test_a_child_waits_for_its_goal_and_returns_with_it(room: Room) -> None:
    """PLAN-5d: effective is one's own agreement and every ancestor's."""
    mine = room.agreed_goal()
    child = room.agreed_intervention("Step ladder", parent=mine.item_id)
    assert room.standing(child).effective
    room.answer(mine, "not_now", room.client)
    standing = room.standing(child)
    assert (standing.effective, standing.waiting, standing.in_force_id) == (False, True, child.id)
    with room.acts(room.therapist):
        assert Version.objects.latest("sequence").revision_ids == []
    room.answer(mine, "yes", room.client)
    assert room.standing(child).effective


def test_an_answer_twice_is_one_answer(room: Room) -> None:
    """PLAN-5f: repeats and double clicks are found."""
    revision = room.propose(strength(), room.client)
    first = room.answer(revision, "no", room.client, words="Not  me ")
    again = room.answer(revision, "no", room.client, words="Not  me")
    assert first.id == again.id


def test_somebody_who_is_not_asked_cannot_answer(room: Room) -> None:
    """PLAN-4, PLAN-5b: a statement asks the deciders alone."""
    revision = room.propose(strength(), room.client)
    with pytest.raises(Refused):
        room.answer(revision, "yes", room.therapist)
