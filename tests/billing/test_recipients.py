"""BILL-2, BILL-6, BILL-8, CONS-8: who is told what, when a client has more than one recipient, or none any more."""

import pytest

from careplan.access.classes import DataClass
from careplan.access.models import EventRow
from careplan.access.seam import opened
from clients.models import Disclosure, How
from clients.services.consents import narrow_consent
from plans.billing.kinds import ChargeState, Told
from plans.models import Charge
from plans.services.charges import decide_held, hand_over, settle_charge
from tests.billing.town import DAY, RECIPIENT, Software
from tests.signed_in import browser, portal_browser
from tests.world import client_actor_of

pytestmark = pytest.mark.django_db
OTHER = "Somebody Else"


def row(town, charge):
    with town.at_work("roz", DataClass.BILLING):
        return Charge.objects.get(id=charge.id)


def decides(town, *charges, send):
    me = client_actor_of(town.world, "roz")
    with opened(me, clients=[town["roz"]], classes={DataClass.BILLING, DataClass.CONSENT}, via="test"):
        return decide_held(client_id=town["roz"], charge_ids=[each.id for each in charges], send=send, by=me)


def file_to(town, recipient):
    return browser(town["bram"]).post("/practice/billing/send/", {"recipient": recipient})


def test_what_a_client_lets_go_goes_to_the_one_it_was_held_for_and_to_nobody_else(town):
    """BILL-6: their page names them; another recipient doesn't get it by asking for it."""
    consent, charge = town.billable("roz")
    town.withdraws("roz", consent)
    assert row(town, charge).held_for == RECIPIENT
    assert f"for {RECIPIENT}" in portal_browser(town["roz_person"]).get("/my/billing/").text
    assert decides(town, charge, send=True) == 1
    assert file_to(town, OTHER).status_code == 422
    assert "S50" in file_to(town, RECIPIENT).text
    assert row(town, charge).sent_to == RECIPIENT


@pytest.mark.parametrize("no", ["declined", "denied"])
def test_a_later_no_ends_what_was_let_go(town, no):
    """BILL-6: until it is sent, no is no."""
    consent, charge = town.billable("roz")
    town.withdraws("roz", consent)
    decides(town, charge, send=True)
    assert row(town, charge).state == ChargeState.BILLABLE
    if no == "declined":
        town.declines("roz")
    else:
        town.permits("roz", kind="self_pay")
    assert (row(town, charge).state, row(town, charge).released) == (ChargeState.HELD, False)
    assert file_to(town, RECIPIENT).status_code == 422


def test_what_still_lacks_something_is_let_go_and_waits(town):
    """BILL-1, BILL-6: “Send these” is the client's yes, and no more than that."""
    consent = town.permits("roz")
    town.service()
    charge = town.kept("roz")
    town.withdraws("roz", consent)
    assert decides(town, charge, send=True) == 1
    assert (row(town, charge).state, row(town, charge).reasons) == (ChargeState.PLANNED, ["diagnosis_missing"])
    town.diagnosed("roz")
    with town.at_work("roz", DataClass.BILLING) as by:
        settle_charge(client_id=town["roz"], charge_id=charge.id, by=by)
    assert row(town, charge).state == ChargeState.BILLABLE
    assert file_to(town, RECIPIENT).status_code == 200


def test_no_two_recipients_read_one_charge(town, software):
    """BILL-2: whoever reads it first has it; the other neither sees it nor hears of it."""
    _, charge = town.billable("roz")
    town.permits("roz", recipient=OTHER)
    other = Software(town.let_in(recipient=OTHER))
    one = f"billing/clients/{town['roz']}/charges/{charge.id}"
    assert other.get(one).status_code == 200
    assert software.get(one).status_code == 404
    assert software.get("billing/charges").json()["charges"] == []
    told = software.get(f"billing/readiness?client={town['roz']}&on={DAY}")
    assert str(charge.id) not in told.text
    assert str(charge.id) in other.get(f"billing/readiness?client={town['roz']}&on={DAY}").text


def test_however_a_recipient_is_spelled_it_is_one(town):
    """BILL-6: software, consent and file meet under the name that the client's permission gives."""
    town.billable("roz")
    assert "S50" in file_to(town, "claims  HOUSE").text
    software = Software(town.let_in(recipient="CLAIMS house"))
    (seen,) = software.get("billing/charges").json()["charges"]
    assert (
        software.post(
            f"billing/clients/{town['roz']}/charges/{seen['id']}/results", {"outcome": "billed"}, "k"
        ).status_code
        == 201
    )
    with town.at_work("roz", DataClass.CONSENT):
        assert {each.recipient for each in Disclosure.objects.filter(client_id=town["roz"])} == {RECIPIENT}


def test_a_permission_that_is_overruled_by_a_no_holds_the_charge(town):
    """BILL-6: whatever path it takes, in its own transaction."""
    _, charge = town.billable("roz")
    town.permits("roz", kind="self_pay")
    assert (row(town, charge).state, row(town, charge).held_for) == (ChargeState.HELD, RECIPIENT)


def test_narrowed_to_other_kinds_of_information_it_holds_the_charge(town):
    """BILL-6, CONS-4: less than billing needs is no permission for billing."""
    _, charge = town.billable("roz")
    wide = town.permits("roz", scope=(DataClass.BILLING, DataClass.PLAN))
    assert row(town, charge).state == ChargeState.BILLABLE
    with town.at_work("roz", DataClass.CONSENT, DataClass.IDENTITY) as by:
        narrow_consent(
            client_id=town["roz"],
            consent_id=wide,
            scope=[DataClass.PLAN],
            last_day=None,
            how=How.SAID_IN_SESSION,
            by=by,
        )
    assert row(town, charge).state == ChargeState.HELD


def test_a_no_about_somebody_else_stops_nobody_else(town, software):
    """BILL-1, CONS-2: a restriction about one recipient is about that one."""
    _, charge = town.billable("roz")
    town.denies("roz", recipient=OTHER)
    assert software.get(f"billing/readiness?client={town['roz']}&on={DAY}").json()["ready"] is True
    with town.at_work("roz", DataClass.BILLING) as by:
        assert settle_charge(client_id=town["roz"], charge_id=charge.id, by=by).state == ChargeState.BILLABLE
    town.denies("roz", recipient=RECIPIENT)
    assert software.get(f"billing/readiness?client={town['roz']}&on={DAY}").status_code in (403, 404)


def test_a_systems_ids_are_its_own(town, software):
    """BILL-8: two recipients may call their system the same; neither reads nor overwrites the other's."""
    town.billable("roz")
    town.permits("roz", recipient=OTHER)
    other = Software(town.let_in(recipient=OTHER))
    roz = f"billing/clients/{town['roz']}"
    for each, value in ((software, "A-1"), (other, "B-1"), (software, "A-2")):
        said = each.put(f"{roz}/external-ids/claims", {"value": value}, If_Match=each.get(roz)["ETag"])
        assert said.json()["external_ids"] == [{"system": "claims", "value": value}]
    assert other.get(roz).json()["external_ids"] == [{"system": "claims", "value": "B-1"}]


def test_whatever_software_is_told_is_among_what_was_told_to_others(town, software):
    """CONS-8: one line a day for each kind, on which permission, and none for what was refused."""
    consent, charge = town.billable("roz")
    roz = f"billing/clients/{town['roz']}"
    asked = (
        *(f"billing/readiness?client={town['roz']}&on={DAY}", "billing/clients", roz, "billing/charges"),
        f"{roz}/charges/{charge.id}/evidence",
    )
    for address in asked * 2:
        assert software.get(address).status_code == 200, address
    with town.at_work("roz", DataClass.CONSENT):
        rows = Disclosure.objects.filter(client_id=town["roz"])
        said = {(each.what, each.recipient, each.through, each.consent_id) for each in rows}
        assert len(rows) == len(said)
    kinds = ("Charges: days, codes and money", Told.READINESS, Told.CLAIM, Told.EVIDENCE)
    assert said == {(str(kind), RECIPIENT, "api", consent) for kind in kinds}
    page = portal_browser(town["roz_person"]).get("/my/who-saw/?show=out").text
    assert str(Told.READINESS) in page


def test_nothing_new_is_told_when_nothing_changed(town):
    """BILL-4: looking again at a charge that still waits for the same is no change of it."""
    town.service()
    charge = town.kept("roz")
    with town.at_work("roz", DataClass.BILLING, DataClass.LEDGER) as by:
        told = EventRow.objects.filter(client_id=town["roz"], kind__startswith="charge.")
        before = told.count()
        settle_charge(client_id=town["roz"], charge_id=charge.id, by=by)
        assert told.count() == before


def test_nobody_hands_over_what_they_did_not_open(town):
    """ACC-2: the hand-over asks for an opening like everything else."""
    _, charge = town.billable("roz")
    with town.at_work("tomek", DataClass.BILLING):
        assert hand_over([charge.id], to=RECIPIENT) == []
