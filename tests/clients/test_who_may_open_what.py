"""Every page of a record, as everybody: the care team by its place, the rest the same 404 (ACC-4, ACC-5, ACC-12)."""

import re
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from careplan.access.models import CareRelationship
from careplan.ledger.history import openings_of
from clients.models import PersonAround
from clients.services.care import end_care
from clients.services.people import Around, add_person_around
from tests.clients.town import text_of

PAGES = ("overview", "about", "contact", "people", "consents", "limits", "history", "team", "more")
"""The oldest pages; that no address at all is forgotten is kept by tests/contracts/test_every_address_by_every_role."""
POSTED = ("about", "contact", "people", "limits", "team")
WITHIN = {"person": "person_around_id", "take_off": "person_around_id", "end_place": "relationship_id"}
NOBODYS = ("imani", "teo", "sol", "petra", "bram", "odile")


@pytest.fixture
def inner(town):
    """Ids inside Tomek's record, for addresses that need one."""
    with town.opens("wren", "tomek") as by:
        around = add_person_around(client_id=town["tomek"], around=Around(name="Marek"), by=by)
        place = CareRelationship.objects.get(client_id=town["tomek"], person_id=town["nadia"]).id
    return {"person_around_id": around, "relationship_id": place}


def bytes_of(response):
    """A page without what differs by itself: nothing does, on an error page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", NOBODYS)
def test_nobody_outside_the_care_team_opens_a_page(town, who, page):
    """ACC-5, ACC-12: therapist without a relationship, trainee, front desk, manager, biller, another practice."""
    response = town.gets(who, page)
    assert response.status_code == 404
    assert "Tomek" not in text_of(response)


@pytest.mark.parametrize("page", PAGES)
def test_unknown_and_not_yours_are_the_same_bytes(town, page):
    """ACC-5: the same status and the same body for an id that exists and one that doesn't."""
    browser = town.browser("sol")
    not_yours = browser.get(town.url(page))
    unknown = browser.get(reverse(f"clients:{page}", kwargs={"client_id": uuid4()}))
    assert (not_yours.status_code, bytes_of(not_yours)) == (unknown.status_code, bytes_of(unknown))


@pytest.mark.parametrize("who", NOBODYS)
def test_nobody_outside_the_care_team_changes_anything(town, inner, who):
    for page in POSTED:
        assert town.posts(who, page, {"name": "x", "name_used": "x", "later": "1"}).status_code == 404, page
    for page, key in WITHIN.items():
        assert town.posts(who, page, {}, **{key: inner[key]}).status_code == 404, page
    assert town.posts(who, "limits_answer", {"answer": "x"}, card_key="child_hurt").status_code == 404
    with town.opens("wren", "tomek"):
        assert PersonAround.objects.filter(client_id=town["tomek"], ended_at=None).count() == 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["wren", "nadia"])
def test_the_care_team_opens_every_page(town, who, page):
    assert town.gets(who, page).status_code == 200


@pytest.mark.parametrize("page", [page for page in PAGES if page != "contact"])
def test_a_supervisor_of_record_opens_what_supervision_reaches(town, page):
    """ACC-2b."""
    assert town.gets("sunniva", page).status_code == 200


def test_a_colleague_whose_place_has_ended_is_a_stranger_at_once(town):
    """ACC-4: ending a relationship ends access at once, also for past contributors."""
    browser = town.browser("nadia")
    assert browser.get(town.url("overview")).status_code == 200
    with town.opens("wren", "tomek") as by:
        place = CareRelationship.objects.get(client_id=town["tomek"], person_id=town["nadia"])
        end_care(client_id=town["tomek"], relationship_id=place.id, by=by)
    for page in PAGES:
        assert browser.get(town.url(page)).status_code == 404
    assert "Tomek" not in town.listed("nadia")


@pytest.mark.parametrize("page", PAGES)
def test_somebody_who_is_not_signed_in_is_asked_to(client, town, page):
    response = client.get(town.url(page))
    assert response.status_code == 302
    assert response.url.startswith("/practice/sign-in/")


def test_every_attempt_is_in_the_record_the_refused_ones_too(town):
    """Promise 5: no read without a record; a refusal is a line too."""
    town.gets("wren", "overview")
    town.gets("sol", "overview")
    with town.opens("wren", "tomek"):
        lines = [(line.name, line.granted) for line in openings_of(town["tomek"])]
    assert ("Sol Marchetti", False) in lines
    assert ("Wren Adeyemi-Holt", True) in lines


def test_an_inner_id_of_another_record_is_not_found(town, inner):
    """ACC-5: Imani leads Roz, and Tomek's ids are nothing under Roz."""
    for page, key in WITHIN.items():
        assert town.posts("imani", page, {"name": "x"}, client="roz", **{key: inner[key]}).status_code == 404, page


def test_addresses_take_ids_and_nothing_else():
    with pytest.raises(NoReverseMatch):
        reverse("clients:overview", kwargs={"client_id": "tomek"})
