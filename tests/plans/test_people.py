"""Who is asked when people come and go (PLAN-5a, PLAN-5b, PLAN-5c)."""

from __future__ import annotations

import pytest

from careplan.access.actor import client_actor, staff_actor
from careplan.access.models import Authority, CareRelationship, CareRole, Decider
from careplan.access.seam import opened
from careplan.access.services import add_decider, end_care, end_decider
from careplan.accounts.models import Person
from careplan.errors import NotYours, Refused
from plans.content import DoerContent, InterventionContent
from plans.kinds import PartyKind
from plans.models import Answer, Party
from plans.services.drafts import save_draft
from plans.services.sheets import SheetAnswer
from tests.plans.room import EVERYTHING, Room, goal, objective, therapy


def guardian(room: Room, *, assents_only: bool = False):
    person = Person.objects.create()
    with arranging(room):
        add_decider(
            client_id=room.client_id,
            person_id=person.id,
            authority=Authority.GUARDIAN,
            assents_only=assents_only,
        )
    return person.id


def arranging(room: Room):
    return opened(room.therapist, clients=[room.client_id], classes=EVERYTHING, via="test")


def parties(room: Room, revision) -> dict:
    with room.acts(room.therapist):
        return dict(Party.objects.filter(revision=revision).values_list("kind", "person_id"))


def test_a_new_decider_is_asked_from_the_next_wording_on(room: Room) -> None:
    """PLAN-5a: nothing falls out of force meanwhile."""
    first = room.agreed_goal("Sleep")
    new = guardian(room)
    assert room.standing(first).effective
    asked = room.propose(goal("Bus"), room.client)
    assert room.standing(asked).open_id == asked.id
    sheet = room.sheet("review")
    room.said(sheet, SheetAnswer(asked.id, "yes", person_id=new))
    assert room.standing(asked).effective


def test_the_same_words_can_be_put_to_a_new_decider(room: Room) -> None:
    """PLAN-5a: at the next review; what is in force stays until they answer."""
    first = room.agreed_goal("Sleep")
    new = guardian(room)
    again = room.reword(first, goal("Sleep"), room.client)
    assert (again.id != first.id, again.asks) == (True, ["client_words"])
    assert room.standing(first).in_force_id == first.id
    sheet = room.sheet("review")
    room.said(sheet, SheetAnswer(again.id, "yes", person_id=new))
    assert room.standing(first).in_force_id == again.id


def test_somebody_who_no_longer_decides_is_not_asked_again(room: Room) -> None:
    new = guardian(room)
    waiting = room.propose(goal("Bus"), room.client)
    with arranging(room):
        end_decider(decider_id=Decider.objects.get(person_id=new, client_id=room.client_id).id)
    again = room.reword(waiting, goal("Bus"), room.client)
    assert room.standing(waiting).in_force_id == again.id


def test_an_assent_is_asked_beside_and_not_waited_for(room: Room) -> None:
    """PLAN-5a: assent and dissent are recorded and shown; they neither bring in nor take out."""
    young = guardian(room, assents_only=True)
    revision = room.propose(goal("Bus"), room.client)
    assert parties(room, revision)[PartyKind.ASSENT] == young
    assert room.standing(revision).effective
    sheet = room.sheet("review")
    room.said(sheet, SheetAnswer(revision.id, "no", person_id=young, words="I'd rather walk"))
    assert room.standing(revision).effective
    with room.acts(room.therapist):
        assert Answer.objects.get(revision=revision, person_id=young).choice == "no"


def test_whoever_will_do_it_is_asked(room: Room, world: dict) -> None:
    """PLAN-5b: an intervention asks the deciders and its doer, here a colleague; the lead isn't asked."""
    imani = room.colleague(world["imani"], CareRole.COVER)
    doer = DoerContent("person", imani.person_id)
    revision = room.propose(InterventionContent("EMDR, six sessions", doer), room.therapist)
    assert set(parties(room, revision)) == {PartyKind.DECIDER, PartyKind.DOER}
    room.answer(revision, "yes", room.client)
    assert room.standing(revision).open_id == revision.id
    with pytest.raises(Refused):
        room.answer(revision, "yes", room.therapist)
    room.answer(revision, "yes", imani)
    assert room.standing(revision).effective


def test_a_client_who_does_it_is_not_asked_twice(room: Room) -> None:
    doer = DoerContent("person", room.client.person_id)
    revision = room.propose(InterventionContent("Walk the canal", doer), room.client)
    assert parties(room, revision) == {PartyKind.DECIDER: room.client.person_id}
    assert room.standing(revision).effective


def test_a_handover_leaves_everything_in_force(room: Room, world: dict) -> None:
    """PLAN-5c: a staff yes stands when responsibility passes on; the successor is the therapist from then on."""
    agreed = room.agreed_intervention()
    waiting = room.propose(objective(), room.client)
    nadia = room.colleague(world["imani"], CareRole.LEAD)
    with room.acts(room.therapist):
        mine = CareRelationship.objects.get(client_id=room.client_id, person_id=room.therapist.person_id, until=None)
        end_care(relationship_id=mine.id)
    room.therapist = nadia
    assert room.standing(agreed).effective
    room.answer(waiting, "yes", nadia)
    assert room.standing(waiting).effective
    room.answer(agreed, "no", nadia, words="I don't work that way")
    assert not room.standing(agreed).effective


def test_somebody_of_no_relation_reads_and_writes_nothing(room: Room, world: dict) -> None:
    """ACC-2, ACC-5."""
    stranger = client_actor(person_id=Person.objects.create().id)
    with pytest.raises(NotYours):
        room.propose(therapy(), stranger)


def test_a_supervisor_reads_the_plan_and_changes_nothing(room: Room, world: dict) -> None:
    """ACC-2b: supervision reaches the plan for reading; trying to write is as if it weren't there."""
    revision = room.propose(objective(), room.client)
    sunniva = staff_actor(person_id=world["sunniva"], practice_id=room.practice_id)
    with room.acts(sunniva):
        assert Party.objects.filter(revision=revision).exists()
    with pytest.raises(NotYours):
        room.propose(therapy(), sunniva)
    with pytest.raises(NotYours):
        room.answer(revision, "no", sunniva, words="I would not")
    with room.acts(sunniva), pytest.raises(NotYours):
        save_draft(client_id=room.client_id, key="item:new", content={"what": "x"}, by=sunniva)
