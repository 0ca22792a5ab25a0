"""BILL-1, BILL-2: a session that was kept is a charge, once, of whoever held it; somebody says which service."""

from uuid import UUID

import pytest
from django.urls import reverse

from careplan.access.classes import DataClass
from messaging.models import Session
from plans.models import Charge
from tests.billing.test_readiness import asked
from tests.clients.town import statements
from tests.messaging.calendar import Desk
from tests.signed_in import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(town):
    return Desk(town.world)


def charges(town):
    with town.at_work("roz", DataClass.BILLING):
        return list(Charge.objects.order_by("made_at", "id"))


def page(name, town, **ids):
    return reverse(f"billing:{name}", kwargs={"client_id": town["roz"], **ids})


def test_a_session_kept_by_the_desk_is_one_charge_of_whoever_held_it(town, desk):
    """BILL-2: in the same transaction and without an opening; no code, so no price."""
    session_id = desk.kept()
    (charge,) = charges(town)
    with town.at_work("roz", DataClass.BILLING):
        session = Session.objects.get(id=session_id)
    assert (charge.session_id, charge.rendering_id, charge.made_by) == (session_id, town["imani"], town["sol"])
    assert (charge.starts_at, charge.minutes, charge.place) == (session.starts_at, 50, "11")
    assert (charge.state, charge.service_code, charge.fee) == ("planned", "", 0)
    assert charge.reasons == ["service_code_missing"]


def test_what_did_not_take_place_after_all_is_not_billed(town, desk):
    """BILL-2: the charge is left out; when it did take place, there is a new one."""
    session_id = desk.kept()
    desk.settles("imani", session_id, kept=False)
    (charge,) = charges(town)
    assert (charge.state, charge.reasons) == ("not_billable", ["session_not_kept"])
    desk.settles("imani", session_id)
    desk.settles("imani", session_id)
    assert sorted((each.state, each.session_id == session_id) for each in charges(town)) == [
        ("not_billable", False),
        ("planned", True),
    ]


def test_what_was_sent_already_says_that_its_session_was_not_kept(town, desk, software):
    """BILL-2: nothing that was sent is edited; whoever does the billing is told to talk to the payer."""
    town.billable("roz")
    session_id = desk.kept()
    charge = charges(town)[-1]
    bram = browser(town["bram"])
    bram.post(page("charge", town, charge_id=charge.id), put_right(town))
    software.get("billing/charges")
    desk.settles("imani", session_id, kept=False)
    (charge,) = [each for each in charges(town) if each.session_id == session_id]
    assert (charge.state, charge.reasons) == ("billable", ["session_not_kept"])
    assert "Its session did not take place after all" in bram.get(reverse("billing:practice")).text


def put_right(town, **more):
    return {"do": "change", "service": "S50|", "units": "1", "place": "11", "held_by": str(town["imani"]), **more}


def test_the_calendars_session_is_ready_once_its_service_is_chosen(town, desk, software):
    """BILL-1, BILL-2: kept in the calendar is kept; a person says which service it was, and that is one press."""
    town.permits("roz")
    town.service(minutes=50)
    town.diagnosed("roz")
    town.covered("roz")
    desk.kept()
    (charge,) = charges(town)
    blocking = asked(software, town["roz"], charge.service_on).json()["reasons"]
    assert [why["code"] for why in blocking if why["effect"] == "blocking"] == ["service_code_missing"]
    bram, where = browser(town["bram"]), page("charge", town, charge_id=charge.id)
    shown = bram.get(where)
    assert '<option value="S50|" selected>' in shown.text  # the one service of fifty minutes
    assert bram.post(where, put_right(town)).status_code == 303
    (charge,) = charges(town)
    assert (charge.state, charge.fee, charge.diagnosis_codes) == ("billable", 165, ["F41.1"])
    assert asked(software, town["roz"], charge.service_on).json()["ready"] is True


def test_who_keeps_the_record_begins_its_billing_and_the_desk_does_not(town, desk):
    """ACC-12: a biller reaches a record on somebody's ground, never by the calendar alone."""
    session_id = desk.kept()
    bram = browser(town["bram"])
    assert "begins the billing first" in bram.get(reverse("billing:practice")).text
    assert bram.get(page("record", town)).status_code == 404
    desk.settles("imani", session_id, kept=False)
    desk.settles("imani", session_id)
    assert bram.get(page("record", town)).status_code == 200


def test_a_session_without_a_calendar_is_written_down_once_by_its_holder(town):
    """BILL-2: whoever types it is not whoever held it; a second press makes no second charge."""
    town.service()
    town.covered("roz")
    bram, where = browser(town["bram"]), page("record", town)
    key = bram.get(where).context["forms"]["session"]["key"].value()
    said = {"key": key, "service_on": "2026-11-20", "held_by": "", "service": "S50|", "units": "1", "place": "11"}
    typed = {"do": "session", **{f"session-{name}": value for name, value in said.items()}}
    assert bram.post(where, typed).status_code == 422
    typed["session-held_by"] = str(town["imani"])
    assert bram.post(where, typed | {"session-service_on": "2099-01-01"}).context["wrong"].non_field_errors() == [
        "That day is still to come. A session is charged once it took place."
    ]
    assert [bram.post(where, typed).status_code for _ in range(2)] == [303, 303]
    (charge,) = charges(town)
    assert (charge.id, charge.rendering_id, charge.made_by) == (UUID(key), town["imani"], town["bram"])


def test_a_charge_is_put_right_on_its_page_until_it_is_sent(town, software):
    """BILL-2: units and code; a hand-made request after it was sent changes nothing."""
    _, charge = town.billable("roz")
    bram, where = browser(town["bram"]), page("charge", town, charge_id=charge.id)
    assert bram.post(where, put_right(town, units="0")).status_code == 422
    assert bram.post(where, put_right(town, units="2")).status_code == 303
    assert [(each.units, each.fee, each.state) for each in charges(town)] == [(2, 330, "billable")]
    software.get("billing/charges")
    assert "What was sent is not edited" in bram.get(where).text
    assert bram.post(where, put_right(town, units="3")).status_code == 422
    assert bram.post(page("leave_out", town, charge_id=charge.id)).status_code == 422
    assert [each.units for each in charges(town)] == [2]


def test_a_correction_is_written_before_it_can_be_sent(town, software):
    """BILL-2: what was wrong is put right in the new row; the one that was sent stays."""
    _, charge = town.billable("roz")
    software.get("billing/charges")
    told = {"outcome": "rejected", "adjudication_codes": ["CO-16"]}
    software.post(f"billing/clients/{town['roz']}/charges/{charge.id}/results", told, "k1")
    bram, where = browser(town["bram"]), page("charge", town, charge_id=charge.id)
    assert "Correct it" in bram.get(page("record", town)).text
    assert "CO-16" in bram.get(where).text
    assert [bram.post(where, put_right(town, do="correct", units="2")).status_code for _ in range(2)] == [303, 303]
    old, new = charges(town)
    assert (old.units, old.state, new.corrects_id, new.units, new.state) == (1, "rejected", old.id, 2, "billable")
    assert "Correct it" not in bram.get(page("record", town)).text


def test_a_first_talk_that_costs_nothing_is_left_out(town, desk):
    """BILL-2: not billable, because somebody said so."""
    desk.settles("imani", desk.kept(), kept=True)
    town.covered("roz")
    (charge,) = charges(town)
    assert browser(town["bram"]).post(page("leave_out", town, charge_id=charge.id)).status_code == 303
    assert [each.state for each in charges(town)] == ["not_billable"]


def test_units_that_were_allowed_run_out(town, software):
    """BILL-1: the session past the last unit says so; a new authorisation frees it."""
    town.permits("roz")
    town.service()
    town.diagnosed("roz")
    town.covered("roz", "authorised")
    bram, where = browser(town["bram"]), page("record", town)
    covered = bram.get(where).context["money"].coverages[0].id
    said = {"coverage": covered, "number": "A-77", "service": "S50|", "units": "1", "starts_on": "2026-11-01"}
    typed = {"do": "authorisation", **{f"authorisation-{name}": value for name, value in said.items()}}
    assert bram.post(where, typed | {"authorisation-ends_on": "2026-10-01"}).status_code == 422
    assert bram.post(where, typed).status_code == 303
    first, second = town.kept("roz"), town.kept("roz")
    assert (first.state, second.state, second.reasons) == ("billable", "planned", ["units_used_up"])
    assert {"code": "units_used_up", "effect": "blocking"} in asked(software, town["roz"]).json()["reasons"]
    assert bram.post(where, typed | {"authorisation-number": "A-78"}).status_code == 303
    assert [each.state for each in charges(town)] == ["billable", "billable"]
    assert "A-78" in bram.get(where).text


def test_what_a_neighbour_lacks_does_not_hold_a_charge_up(town):
    """BILL-2: two sessions on one day, one without its code; the other stays ready when it is looked at again."""
    _, charge = town.billable("roz")
    town.kept("roz", code="")
    browser(town["bram"]).post(page("look_again", town, charge_id=charge.id))
    assert [(each.state, each.reasons) for each in charges(town)] == [
        ("billable", []),
        ("planned", ["service_code_missing"]),
    ]


def test_the_pages_take_as_many_statements_for_ten_charges_as_for_one(town):
    """Fifteen at most, sign-in and opening included, for whoever treats the client as for a biller."""
    _, charge = town.billable("roz")
    for _ in range(5):
        town.kept("roz", code="")
    pages = [page("record", town), page("charge", town, charge_id=charge.id)]
    for who, where in (("imani", pages), ("bram", [*pages, reverse("billing:practice")])):
        browsing = browser(town[who])
        for each in where:
            with statements(15):
                assert browsing.get(each).status_code == 200
