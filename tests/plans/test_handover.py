"""PLAN-5a, PLAN-5c: people change, and nothing that was agreed falls."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from careplan.access.classes import DataClass
from careplan.access.models import Authority, CareRelationship, CareRole, EventRow
from careplan.access.seam import open_records, opened
from careplan.access.services import add_decider, end_care
from careplan.accounts.models import Person
from plans.models import Party, PlanRead
from plans.selectors.acting import now
from tests.plans.room import EVERYTHING, PLAN, Room, objective, therapy
from tests.plans_pages.desk import desk_of, text_of
from tests.signed_in import browser


def test_what_was_agreed_stands_when_the_therapist_changes(room: Room, world: dict) -> None:
    """PLAN-5c: a staff yes stands when responsibility passes on; nothing falls out of force."""
    agreed = room.agreed_intervention()
    former, successor = room.therapist, room.colleague(world["imani"], CareRole.LEAD)
    with room.acts(successor):
        place = CareRelationship.objects.get(client_id=room.client_id, person_id=former.person_id, until=None)
        end_care(relationship_id=place.id)
    room.therapist = successor
    assert room.standing(agreed).effective
    assert not open_records(former, clients=[room.client_id], classes=PLAN, via="test")


def test_the_successor_answers_as_the_therapist_from_now_on(room: Room, world: dict) -> None:
    """PLAN-5c, PLAN-5e: the therapist is any current lead; answers keep the role held when they were given."""
    successor = room.colleague(world["imani"], CareRole.LEAD)
    proposal = room.propose(objective(), room.client)
    assert room.standing(proposal).open_id == proposal.id
    answer = room.answer(proposal, "yes", successor)
    assert (answer.role_held, room.standing(proposal).effective) == ("lead", True)


def test_the_successor_is_asked_to_read_the_plan_until_they_have(room: Room, world: dict) -> None:
    """PLAN-5c: in Today and on the plan, told in an event; the plan stands, and nobody else is asked."""
    agreed = room.agreed_intervention()
    successor = room.colleague(world["imani"], CareRole.LEAD)
    desk, today = desk_of(room, successor.person_id), browser(successor.person_id)
    assert "Tomek: read the plan you took over" in text_of(today.get("/practice/"))
    assert "You took this plan over." in text_of(desk.get("plan"))
    assert "You took this plan over." not in text_of(desk_of(room).get("plan"))
    assert room.standing(agreed).effective
    for _ in range(2):
        assert desk.post("read", {}).status_code == 303
    assert "took over" not in text_of(today.get("/practice/"))
    assert "You took this plan over." not in text_of(desk.get("plan"))
    assert desk_of(room).post("read", {}).status_code == 303
    with opened(successor, clients=[room.client_id], classes=EVERYTHING, via="test"):
        assert [row.person_id for row in PlanRead.objects.all()] == [successor.person_id]
        assert EventRow.objects.filter(kind="plan.read").count() == 1


def test_only_who_took_over_says_so(room: Room, world: dict) -> None:
    """PLAN-5c, ACC-2c: by raw SQL nobody says it for another, nor without having taken over."""
    room.agreed_intervention()
    successor = room.colleague(world["imani"], CareRole.CO_THERAPIST)
    for by, person in ((room.therapist, room.therapist), (room.therapist, successor)):
        with room.acts(by), pytest.raises(DatabaseError, match="said_by_who_took_over"), transaction.atomic():
            PlanRead.objects.create(
                client_id=room.client_id,
                practice_id=room.practice_id,
                plan_id=room.plan_id,
                person_id=person.person_id,
                at=now(),
            )


def test_a_new_decider_is_asked_next_time_and_nothing_falls(room: Room) -> None:
    """PLAN-5a: deciders are fixed when a wording is proposed; somebody new is asked about what comes after."""
    agreed = room.agreed_intervention()
    guardian = Person.objects.create().id
    with opened(room.therapist, clients=[room.client_id], classes={DataClass.IDENTITY}, via="test"):
        add_decider(client_id=room.client_id, person_id=guardian, authority=Authority.GUARDIAN)
    assert room.standing(agreed).effective
    later = room.propose(therapy("A walk along the canal"), room.therapist)
    room.answer(later, "yes", room.client)
    assert room.standing(later).open_id == later.id
    with room.acts(room.therapist):
        asked = set(Party.objects.filter(revision=later, kind="decider").values_list("person_id", flat=True))
    assert asked == {room.client.person_id, guardian}


def test_an_assent_is_asked_beside_and_holds_nothing_up(room: Room) -> None:
    """PLAN-5a: assent and dissent are recorded and shown; neither brings in nor takes out."""
    young = Person.objects.create().id
    with opened(room.therapist, clients=[room.client_id], classes={DataClass.IDENTITY}, via="test"):
        add_decider(client_id=room.client_id, person_id=young, authority=Authority.SELF, assents_only=True)
    revision = room.agreed_intervention("Grief-focused therapy, with Marek there")
    assert room.standing(revision).effective
    with room.acts(room.therapist):
        assert Party.objects.get(revision=revision, person_id=young).kind == "assent"
