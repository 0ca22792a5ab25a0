"""The people around a client: as the client describes them, taken off by a date (CLIENT-4)."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from careplan.errors import Conflict, NotYours, Refused
from clients.models import MayKnow, PersonAround, Told
from clients.services.people import Around, add_person_around, edit_person_around, remove_person_around
from tests.clients.town import text_of

MAREK = Around(
    name="Marek",
    relation="brother",
    may_know=[MayKnow.SAFETY_PLAN],
    knows_they_are_listed=Told.YES,
    emergency_contact=True,
    may_be_called=Told.YES,
    phone="+44 20 7946 0144",
)


def add(town, around=MAREK, client="tomek", who="wren"):
    with town.opens(who, client) as by:
        return add_person_around(client_id=town[client], around=around, by=by)


def test_somebody_is_listed_as_the_client_describes_them(town):
    """CLIENT-4: role, what they may see, whether they know, emergency contact and whether they may be called."""
    add(town)
    page = text_of(town.gets("wren", "people"))
    for words in ("Marek", "brother", "The safety plan", "Turn to them", "+44 20 7946 0144"):
        assert words in page


def test_nobody_is_asked_for_more_than_a_name(town):
    add(town, Around(name="Ola"))
    with town.opens("wren", "tomek"):
        row = PersonAround.objects.get(client_id=town["tomek"])
    assert (row.knows_they_are_listed, row.may_know, row.emergency_contact) == (Told.NOT_ASKED, [], False)


@pytest.mark.parametrize(
    ("around", "sentence"),
    [
        (Around(name="  "), "Write what they are called"),
        (Around(name="Ola", phone="the usual"), "can’t be dialled"),
        (Around(name="Ola", emergency_contact=True, may_be_called=Told.YES), "needs a phone number"),
    ],
)
def test_what_could_not_be_used_is_refused_with_a_sentence(town, around, sentence):
    with pytest.raises(Refused, match=sentence):
        add(town, around)


def test_taking_somebody_off_is_a_date_and_never_a_deletion(town):
    row_id = add(town)
    with town.opens("wren", "tomek") as by:
        remove_person_around(client_id=town["tomek"], person_around_id=row_id, by=by)
    assert "Marek" not in text_of(town.gets("wren", "people"))
    with town.opens("wren", "tomek"):
        assert PersonAround.objects.get(id=row_id).ended_by == town["wren"]
        with pytest.raises(DatabaseError), transaction.atomic():
            PersonAround.objects.filter(id=row_id).delete()


def test_somebody_who_was_taken_off_cannot_be_changed(town):
    row_id = add(town)
    assert town.posts("wren", "take_off", {}, person_around_id=row_id).status_code == 303
    assert town.gets("wren", "person", person_around_id=row_id).status_code == 404
    with pytest.raises(Conflict), town.opens("wren", "tomek") as by:
        edit_person_around(client_id=town["tomek"], person_around_id=row_id, around=MAREK, by=by)


def test_a_person_of_another_record_is_not_found_through_this_one(town):
    """ACC-5: an id that exists elsewhere gets the same 404."""
    row_id = add(town, client="roz", who="imani")
    assert town.gets("wren", "person", person_around_id=row_id).status_code == 404
    assert town.posts("wren", "take_off", {}, person_around_id=row_id).status_code == 404
    with pytest.raises(NotYours), town.opens("wren", "tomek") as by:
        edit_person_around(client_id=town["tomek"], person_around_id=row_id, around=MAREK, by=by)


def test_the_pages_add_and_change_somebody(town):
    data = {"name": "Ola", "knows_they_are_listed": "yes", "may_be_called": "not_asked", "may_know": ["plan", "bills"]}
    assert town.posts("wren", "people", data).status_code == 303
    with town.opens("wren", "tomek"):
        row_id = PersonAround.objects.get(name="Ola").id
    assert town.posts("wren", "person", {**data, "relation": "from work"}, person_around_id=row_id).status_code == 303
    page = text_of(town.gets("wren", "people"))
    assert "from work" in page
    assert "Bills, The plan" in page


def test_a_refused_form_keeps_what_was_typed(town):
    """UI-5."""
    data = {
        "name": "",
        "relation": "the neighbour who feeds the cat",
        "knows_they_are_listed": "no",
        "may_be_called": "no",
    }
    response = town.posts("wren", "people", data)
    assert response.status_code == 422
    assert "the neighbour who feeds the cat" in text_of(response)


def test_being_listed_opens_nothing_to_anybody_but_the_team(town):
    """A supervisor reads the list and gets no form; the front desk gets the same 404 as for anything else."""
    add(town)
    assert "Add somebody" not in text_of(town.gets("sunniva", "people"))
    assert town.posts("sunniva", "people", {"name": "X"}).status_code == 404
    assert town.gets("sol", "people").status_code == 404


def test_the_database_knows_what_may_be_known(town):
    row_id = add(town)
    with town.opens("wren", "tomek"), pytest.raises(IntegrityError), transaction.atomic():
        PersonAround.objects.filter(id=row_id).update(may_know=["everything"])
