"""PLAN-5a, ACC-2c: whose yes counts is not for those whose work it decides about, and never for nobody."""

import psycopg
import pytest
from django.db import DatabaseError

from careplan.access.classes import DataClass
from careplan.access.models import Authority, CareRole, Decider
from careplan.access.seam import acting, opened
from careplan.access.services import add_decider, create_record, end_decider, start_care
from tests.access.town import Town

pytestmark = pytest.mark.committed

IDENTITY = frozenset({DataClass.IDENTITY})


class House:
    """A town with one record, its lead and its client."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.town = Town(owner)
        self.lead = self.town.staff()
        self.client_id = self.town.record(self.lead)
        self.client = self.town.as_client(self.client_id)

    def opens(self, by):
        return opened(by, clients=[self.client_id], classes=IDENTITY, via="test")

    def adds(self, person, by):
        with self.opens(by):
            return add_decider(client_id=self.client_id, person_id=person, authority=Authority.GUARDIAN)

    def own_decider(self):
        with self.opens(self.lead):
            return Decider.objects.get(client_id=self.client_id, person_id=self.client.person_id).id


@pytest.fixture
def house(owner):
    return House(owner)


def test_a_guardian_is_added_and_ended_by_the_lead(house):
    """PLAN-5a: what the refusals below are measured against."""
    added = house.adds(house.town.person(), house.lead)
    with house.opens(house.lead):
        end_decider(decider_id=added)
        assert Decider.objects.get(id=added).until is not None


def test_staff_do_not_decide_about_their_own_work(house):
    """PLAN-4: nobody who works in the practice can be made one of those whose yes is the client's."""
    colleague = house.town.staff("front_desk")
    for person in (house.lead.person_id, colleague.person_id):
        with pytest.raises(DatabaseError, match="decider works here"):
            house.adds(person, house.lead)


def test_a_decider_does_not_join_the_care_team(house):
    """PLAN-4: and the other way round."""
    guardian = house.town.staff()
    house.town.owner.execute(
        "update guard.staff_role set until = since where person_id = %s",
        [guardian.person_id],
    )
    house.adds(guardian.person_id, house.lead)
    house.town.owner.execute(
        "select guard.grant_role(%s, %s, 'therapist', null)", [house.town.practice, guardian.person_id]
    )
    with pytest.raises(DatabaseError, match="decider works here"), house.opens(house.lead):
        start_care(client_id=house.client_id, person_id=guardian.person_id, role=CareRole.COVER)


def test_nobody_leads_a_record_of_their_own(house):
    """ACC-4."""
    with pytest.raises(DatabaseError, match="no record"), acting(house.lead):
        create_record(practice_id=house.town.practice, members=[house.lead.person_id], by=house.lead, via="test")


@pytest.mark.parametrize("role", ["cover", "supervisor", "trainee"])
def test_only_the_therapist_says_who_decides(house, role):
    """PLAN-5e: nobody else substitutes."""
    colleague = house.town.staff("trainee" if role == "trainee" else "therapist")
    house.town.relate(house.client_id, colleague.person_id, role)
    with pytest.raises(DatabaseError, match="no record"):
        house.adds(house.town.person(), colleague)


def test_a_client_does_not_end_another_deciders_voice(house):
    """PLAN-5a: one of several does not make themselves the only one."""
    guardian = house.adds(house.town.person(), house.lead)
    with pytest.raises(DatabaseError, match="no record"), house.opens(house.client):
        end_decider(decider_id=guardian)


def test_somebody_always_decides(house):
    """PLAN-5a: the last one's voice is not ended; an assent beside does not stand in for it."""
    with house.opens(house.lead):
        add_decider(
            client_id=house.client_id, person_id=house.town.person(), authority=Authority.GUARDIAN, assents_only=True
        )
    own = house.own_decider()
    with pytest.raises(DatabaseError, match="somebody decides"), house.opens(house.lead):
        end_decider(decider_id=own)


def test_a_place_in_the_care_team_is_held_once(house):
    """ACC-4: a second row, of a double click, would outlive the end of the first."""
    colleague = house.town.staff()
    place = house.town.relate(house.client_id, colleague.person_id, "cover")
    with pytest.raises(DatabaseError, match="that already"), house.opens(house.lead):
        start_care(client_id=house.client_id, person_id=colleague.person_id, role=CareRole.COVER)
    house.town.end(place)
    house.town.relate(house.client_id, colleague.person_id, "cover")
