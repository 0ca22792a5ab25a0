"""BILL-2, BILL-6, BILL-9: a kept session becomes a charge; a permission that ends holds it; the client decides."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.errors import NotYours, Refused
from plans.billing.kinds import ChargeState
from plans.billing.moves import CHARGE_MOVES
from plans.models import Charge
from plans.services.charges import ChargeChanges, KeptSession, charge_session, correct_charge, decide_held
from tests.billing.town import DAY, Software
from tests.signed_in import browser
from tests.world import client_actor_of

pytestmark = pytest.mark.django_db


def state(town, charge):
    with town.at_work("roz", DataClass.BILLING):
        return Charge.objects.get(id=charge.id).state


def results(town, charge):
    return f"billing/clients/{town['roz']}/charges/{charge.id}/results"


def test_a_session_told_twice_is_one_charge(town):
    """BILL-2: the calendar may tell it as often as it likes."""
    _, charge = town.billable("roz")
    with town.at_work("roz", DataClass.BILLING) as by:
        again = charge_session(client_id=town["roz"], session=KeptSession(DAY, by.person_id, charge.session_id), by=by)
    assert again.id == charge.id
    assert charge.state == ChargeState.BILLABLE


def test_without_permission_a_charge_waits_and_says_why(town):
    """BILL-2, PROMISE-11: care goes on; the charge is planned with its reasons."""
    town.service()
    town.diagnosed("roz")
    charge = town.kept("roz")
    assert (charge.state, charge.reasons) == (ChargeState.PLANNED, ["consent_absent"])


def test_a_session_without_a_code_has_no_price_in_any_currency(town):
    """BILL-2: nobody guesses what a session costs before it is known which service it was."""
    town.service()
    charge = town.kept("roz", code="")
    assert (charge.service_code, charge.fee, charge.currency) == ("", 0, "")
    assert "service_code_missing" in charge.reasons
    page = browser(town.world["bram"]).get(reverse("billing:practice")).text
    assert "Not known yet" in page


def test_the_database_holds_the_same_table_of_moves(town, owner):
    """BILL-2: no path leads where the table has none."""
    text = owner.execute("select prosrc from pg_proc where proname = 'plans_charge_moves'").fetchone()[0]
    for source, to, allowed in CHARGE_MOVES.every_pair():
        if source != to:
            assert (f"('{source}', '{to}')" in text) == allowed, (source, to)


def test_what_is_read_is_sent_and_its_results_move_it(town, software):
    """BILL-2: billed, then paid; a further billed is refused."""
    _, charge = town.billable("roz")
    listed = software.get("billing/charges").json()["charges"]
    assert [(each["id"], each["state"], each["fee"]) for each in listed] == [(str(charge.id), "billable", "165.00")]
    assert software.post(results(town, charge), {"outcome": "billed"}, "k1").status_code == 201
    assert software.post(results(town, charge), {"outcome": "paid", "paid": "150.00"}, "k2").status_code == 201
    assert state(town, charge) == "paid"
    assert software.post(results(town, charge), {"outcome": "billed"}, "k3").status_code == 422


def test_what_was_sent_is_not_edited_and_a_correction_is_a_new_row(town, software):
    """BILL-2: the charge that was sent back stays as it was."""
    _, charge = town.billable("roz")
    with town.at_work("roz", DataClass.BILLING) as by, pytest.raises(Refused):
        correct_charge(client_id=town["roz"], charge_id=charge.id, changes=ChargeChanges("S50"), by=by)
    software.get("billing/charges")
    software.post(results(town, charge), {"outcome": "rejected", "adjudication_codes": ["CO-16"]}, "k1")
    with town.at_work("roz", DataClass.BILLING) as by:
        new = correct_charge(client_id=town["roz"], charge_id=charge.id, changes=ChargeChanges("S50"), by=by)
        with pytest.raises(IntegrityError), transaction.atomic():
            Charge.objects.filter(id=charge.id).update(units=4)
    assert (new.corrects_id, new.state) == (charge.id, ChargeState.BILLABLE)


def test_withdrawing_holds_what_was_not_sent_and_lets_results_of_the_rest_come(town, software):
    """BILL-6: in the same transaction; what was sent can still be settled, and nothing can be read."""
    consent, sent = town.billable("roz")
    software.get("billing/charges")
    waiting = town.kept("roz")
    town.withdraws("roz", consent)
    assert (state(town, sent), state(town, waiting)) == ("billable", "held")
    assert software.get("billing/charges").json()["charges"] == []
    assert software.get(f"billing/clients/{town['roz']}/charges/{sent.id}").status_code == 403
    assert software.post(results(town, sent), {"outcome": "paid", "paid": "150.00"}, "k1").status_code == 201
    assert software.post(results(town, waiting), {"outcome": "billed"}, "k2").status_code in (403, 404)
    assert (state(town, sent), state(town, waiting)) == ("paid", "held")


def test_the_client_chooses_what_happens_to_what_is_held(town, software, world):
    """BILL-6: send these, or I'll pay. Nobody else decides, and what they pay is not seen by anybody's software."""
    consent, _ = town.billable("roz")
    other = town.kept("roz")
    town.withdraws("roz", consent)
    me = client_actor_of(world, "roz")
    with opened(me, clients=[town["roz"]], classes={DataClass.BILLING, DataClass.CONSENT}, via="test"):
        assert decide_held(client_id=town["roz"], charge_ids=[other.id], send=False, by=me) == 1
    assert state(town, other) == "self_pay"
    town.permits("roz")
    assert str(other.id) not in software.get("billing/charges").content.decode()
    with pytest.raises(NotYours), town.at_work("roz", DataClass.BILLING, DataClass.CONSENT) as by:
        decide_held(client_id=town["roz"], charge_ids=[other.id], send=True, by=by)


def test_software_of_another_recipient_has_no_say_over_a_charge(town, software):
    """BILL-6: a result from somebody to whom it was never sent is not found."""
    _, charge = town.billable("roz")
    software.get("billing/charges")
    town.permits("roz", recipient="Somebody Else")
    stranger = Software(town.let_in(recipient="Somebody Else"))
    assert stranger.post(results(town, charge), {"outcome": "billed"}, "k1").status_code == 404
    assert stranger.get("billing/charges").json()["charges"] == []


def test_raw_sql_shows_software_no_charge_that_is_not_for_it(town, software):
    """ADR 14: planned, held and self-paid charges are not there for software, whatever it asks."""
    from careplan.access.actor import api_actor

    town.permits("roz")
    town.kept("roz")
    me = api_actor(api_client_id=software.id, practice_id=town["linden"])
    with opened(me, clients=[town["roz"]], classes={DataClass.BILLING}, via="test"):
        assert Charge.objects.count() == 0
