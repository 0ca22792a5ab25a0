"""Joining and leaving a care team, and what follows at once (ACC-4)."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from careplan.access.models import CareRelationship, CareRole
from careplan.access.seam import open_records
from careplan.errors import Conflict, NotYours, Refused
from careplan.ledger.history import events_of
from clients.services.care import end_care, start_care
from tests.clients.town import text_of


def place_of(town, who, client="tomek"):
    with town.opens("wren", client):
        return CareRelationship.objects.filter(client_id=town[client], person_id=town[who]).latest("since")


def test_a_lead_adds_a_colleague_who_can_open_the_record_from_then_on(town):
    assert not open_records(town.actor("imani"), clients=[town["tomek"]], classes=["identity"], via="test")
    response = town.posts("wren", "team", {"person": str(town["imani"]), "role": "co_therapist"})
    assert response.status_code == 303
    assert open_records(town.actor("imani"), clients=[town["tomek"]], classes=["identity"], via="test")
    assert "Dr Imani Castellane" in text_of(town.gets("wren", "team"))


def test_ending_a_place_shows_at_once_and_is_told(town):
    place = place_of(town, "nadia")
    response = town.posts("wren", "end_place", {"reason": "Wren is back"}, relationship_id=place.id)
    assert response.status_code == 303
    assert not open_records(town.actor("nadia"), clients=[town["tomek"]], classes=["identity"], via="test")
    with town.opens("wren", "tomek"):
        newest = events_of(town["tomek"])[0]
    assert (newest.sentence, newest.reason) == (
        "Wren Adeyemi-Holt ended a care relationship (cover).",
        "Wren is back",
    )


def test_the_last_lead_does_not_leave_a_record_without_one(town):
    place = place_of(town, "wren")
    response = town.posts("wren", "end_place", {}, relationship_id=place.id)
    assert response.status_code == 422
    assert "Somebody has to lead." in text_of(response)
    with town.opens("wren", "tomek") as by:
        start_care(client_id=town["tomek"], person_id=town["imani"], role=CareRole.LEAD, by=by)
    assert town.posts("wren", "end_place", {}, relationship_id=place.id).url == "/practice/clients/"
    assert town.gets("wren", "overview").status_code == 404
    assert town.summary("tomek", who="imani").lead_count == 1


def test_a_place_ends_once(town):
    place = place_of(town, "nadia")
    with town.opens("wren", "tomek") as by:
        end_care(client_id=town["tomek"], relationship_id=place.id, by=by)
        with pytest.raises(Conflict):
            end_care(client_id=town["tomek"], relationship_id=place.id, by=by)


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("sol", CareRole.COVER),
        ("bram", CareRole.LEAD),
        ("wren", CareRole.SUPERVISOR),
        ("teo", CareRole.LEAD),
        ("imani", CareRole.TRAINEE),
        ("odile", CareRole.COVER),
    ],
)
def test_nobody_joins_as_what_their_work_does_not_include(town, who, role):
    """ACC-12, ACC-4: front desk, biller, a trainee as lead, somebody from another practice."""
    with pytest.raises(Refused, match="doesn’t include"), town.opens("wren", "tomek") as by:
        start_care(client_id=town["tomek"], person_id=town[who], role=role, by=by)


def test_nobody_joins_twice_as_the_same(town):
    with pytest.raises(Refused, match="already"), town.opens("wren", "tomek") as by:
        start_care(client_id=town["tomek"], person_id=town["nadia"], role=CareRole.COVER, by=by)


def test_a_cover_arranges_nothing(town):
    """Only the lead, a manager or a practice lead arranges care."""
    assert "Add to the team" not in text_of(town.gets("nadia", "team"))
    assert town.posts("nadia", "team", {"person": str(town["imani"]), "role": "cover"}).status_code == 404
    with pytest.raises(NotYours), town.opens("nadia", "tomek") as by:
        start_care(client_id=town["tomek"], person_id=town["imani"], role=CareRole.COVER, by=by)


def test_a_manager_arranges_care_without_opening_the_record(town):
    """ACC-12: what a manager does, they do from the directory."""
    with town.at_work("petra") as by:
        start_care(client_id=town["roz"], person_id=town["nadia"], role=CareRole.COVER, by=by)
    assert open_records(town.actor("nadia"), clients=[town["roz"]], classes=["plan"], via="test")
    assert not open_records(town.actor("petra"), clients=[town["roz"]], classes=["identity"], via="test")


def test_a_place_of_another_record_is_not_found(town):
    """ACC-5."""
    with town.opens("imani", "roz"):
        place = CareRelationship.objects.get(client_id=town["roz"])
    with pytest.raises(NotYours), town.opens("wren", "tomek") as by:
        end_care(client_id=town["tomek"], relationship_id=place.id, by=by)


@pytest.mark.committed
def test_of_two_leads_who_leave_at_once_one_stays(town):
    """PLAN-15's way of racing: the record's head decides, whoever clicks first."""
    with town.opens("wren", "tomek") as by:
        start_care(client_id=town["tomek"], person_id=town["imani"], role=CareRole.LEAD, by=by)
        leads = CareRelationship.objects.filter(client_id=town["tomek"], role=CareRole.LEAD, until=None)
        places = dict(leads.values_list("person_id", "id"))
    together, outcomes = Barrier(2), []

    def leave(who):
        try:
            with town.opens(who, "tomek") as by:
                together.wait(timeout=20)
                end_care(client_id=town["tomek"], relationship_id=places[town[who]], by=by)
            outcomes.append("left")
        except Refused:
            outcomes.append("stays")
        finally:
            connection.close()

    leaving = [Thread(target=leave, args=[who]) for who in ("wren", "imani")]
    for thread in leaving:
        thread.start()
    for thread in leaving:
        thread.join(30)
    assert sorted(outcomes) == ["left", "stays"]


def test_a_missing_choice_is_said_and_kept(town):
    """UI-5."""
    response = town.posts("wren", "team", {"person": str(town["imani"]), "role": ""})
    assert response.status_code == 422
    assert "Choose what they join as." in text_of(response)
