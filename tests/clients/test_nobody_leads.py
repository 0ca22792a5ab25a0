"""Whoever stops working here leaves the care teams too, and their clients are given somebody else (ACC-4, ACC-12)."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.urls import reverse

from careplan.access.models import CareRelationship, CareRole
from careplan.access.seam import acting, open_records
from careplan.accounts.models import StaffMember
from careplan.accounts.roles import Role
from careplan.accounts.services import grant_role
from careplan.accounts.staff import let_go
from careplan.errors import NotYours
from careplan.ledger.history import events_of
from clients.selectors.leading import nobody_leads
from tests.clients.town import statements, text_of

PAGE = reverse("clients:nobody_leads")


@contextmanager
def manager(town):
    by = town.actor("petra")
    with acting(by):
        yield by


def goes(town, who):
    with manager(town) as by:
        let_go(member=StaffMember.objects.get(person_id=town[who], until=None), by=by.person_id)


def test_whoever_is_let_go_is_in_no_care_team_any_more_and_it_is_told(town):
    """ACC-4: with its event in each record; a cover goes like a lead."""
    goes(town, "nadia")
    with town.opens("wren", "tomek"):
        assert CareRelationship.objects.get(client_id=town["tomek"], person_id=town["nadia"]).until is not None
        assert "ended a care relationship (cover)" in events_of(town["tomek"])[0].sentence


def test_whoever_comes_back_joins_anew(town):
    """ACC-4: ending one ends access at once, also for past contributors; a second first day opens nothing."""
    goes(town, "imani")
    with manager(town) as by:
        StaffMember.objects.create(
            practice_id=town["linden"], person_id=town["imani"], name="Imani", first_name="Imani"
        )
        grant_role(practice_id=town["linden"], person_id=town["imani"], role=Role.THERAPIST, by=by.person_id)
    assert not open_records(town.actor("imani"), clients=[town["roz"]], classes=["identity"], via="test")


def test_a_manager_is_told_whom_nobody_leads_and_gives_them_somebody(town):
    """ACC-12: from the directory alone; the record stays closed to the manager."""
    assert "Nobody leads" not in text_of(town.browser("petra").get("/practice/"))
    goes(town, "imani")
    petra = town.browser("petra")
    with statements(15):
        today = text_of(petra.get("/practice/"))
    assert "Nobody leads Roz’s care" in today
    assert f'href="{PAGE}"' in today
    assert "Hollis" in text_of(petra.get(PAGE))
    answer = petra.post(PAGE, {"client": str(town["roz"]), "person": str(town["wren"])})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    shown = text_of(petra.get(PAGE))
    assert "Hollis" in shown
    assert "Nobody leads Roz" not in text_of(petra.get("/practice/"))
    assert open_records(town.actor("wren"), clients=[town["roz"]], classes=["identity"], via="test")
    assert petra.get(town.url("overview", "roz")).status_code == 404


def test_a_trainees_client_is_given_a_lead(town):
    """SUP: a trainee begins a record that has no lead yet, and can give it none."""
    client_id = town.adds("teo", "Vesna")
    petra = town.browser("petra")
    assert petra.post(PAGE, {"client": str(client_id), "person": str(town["teo"])}).status_code == 422
    assert petra.post(PAGE, {"client": str(client_id), "person": str(town["wren"])}).status_code == 303
    with town.opens("wren", client_id) as by:
        assert CareRelationship.objects.filter(client_id=client_id, role=CareRole.LEAD, person_id=by.person_id).exists()


@pytest.mark.parametrize("who", ["wren", "sol", "bram", "teo"])
def test_nobody_else_arranges_care_that_way(town, who):
    """ACC-5: the same 404 as for an address that isn't there."""
    visitor = town.browser(who)
    form = {"client": str(town["roz"]), "person": str(town["wren"])}
    assert (visitor.get(PAGE).status_code, visitor.post(PAGE, form).status_code) == (404, 404)
    with pytest.raises(NotYours), town.at_work(who) as by:
        nobody_leads(by)


def test_somebody_who_is_led_or_of_another_practice_is_not_given_away_there(town):
    petra = town.browser("petra")
    for key in ("tomek", "maren"):
        answer = petra.post(PAGE, {"client": str(town[key]), "person": str(town["wren"])})
        assert answer.status_code == 404
    assert town.summary("tomek").lead_count == 1
