"""Practice screen 18 and the client's page: who sees what of money, and that it is the very payload."""

import csv
import io
import json
from datetime import timedelta
from html import unescape

import pytest

from plans.billing.payloads import claim_payload
from plans.practice.billing import harmless
from plans.selectors.claims import claim_facts_of
from plans.services.authorisations import NewAuthorisation, add_authorisation
from plans.services.billing import NewCoverage, add_coverage
from tests.billing.town import DAY, RECIPIENT
from tests.signed_in import browser, portal_browser

pytestmark = pytest.mark.django_db


def test_a_biller_sees_sessions_and_money_and_no_words(town):
    """ACC-12, BILL-2: names, days, codes and sums; their record's billing, and nothing else of it."""
    town.billable("roz")
    bram = browser(town["bram"])
    page = bram.get("/practice/billing/").content.decode()
    assert "Roz" in page
    assert "165.00 GBP" in page
    assert "F41.1" not in page
    assert bram.get(f"/practice/clients/{town['roz']}/billing/").status_code == 200
    assert bram.get(f"/practice/clients/{town['roz']}/").status_code == 404
    assert browser(town["imani"]).get("/practice/billing/").status_code == 404


def test_a_manager_sees_days_and_sums_and_opens_no_records_billing(town):
    """ACC-12: no role reaches the record tier by itself, and a manager's does not reach billing either."""
    town.billable("roz")
    petra = browser(town["petra"])
    page = petra.get("/practice/billing/").text
    record = f"/practice/clients/{town['roz']}/billing/"
    assert "165.00 GBP" in page
    assert record not in page
    assert "Charges as CSV" not in page
    assert petra.get(record).status_code == 404
    assert petra.post("/practice/billing/send/", {"recipient": RECIPIENT}).status_code == 422


def test_a_file_of_what_is_ready_goes_out_once_and_leaves_a_disclosure(town):
    """BILL-9: through the same gate, leaving the same row."""
    town.billable("roz")
    bram = browser(town["bram"])
    sent = bram.post("/practice/billing/send/", {"recipient": RECIPIENT})
    assert sent["Content-Type"].startswith("text/csv")
    assert "S50" in sent.content.decode()
    assert bram.post("/practice/billing/send/", {"recipient": RECIPIENT}).status_code == 422
    assert bram.post("/practice/billing/send/", {"recipient": "Somebody Else"}).status_code == 422
    from clients.models import Disclosure

    with town.at_work("roz", "consent"):
        row = Disclosure.objects.get(client_id=town["roz"])
    assert (row.recipient, row.through, row.scope) == (RECIPIENT, "export", ["billing"])


def test_the_file_names_the_payer_of_the_day_and_the_number_it_was_allowed_under(town):
    """BILL-9: not whoever paid last year, and a number the payer knows."""
    town.permits("roz")
    town.service()
    town.diagnosed("roz")
    town.covered("roz", ends_on=DAY - timedelta(days=30))
    with town.at_work("roz", "billing") as by:
        now = add_coverage(client_id=town["roz"], new=NewCoverage("Later Mutual", "L-9", rank=2), by=by)
        allowed = NewAuthorisation(now, "A-77", "S50", 4, DAY)
        add_authorisation(client_id=town["roz"], new=allowed, by=by)
    town.kept("roz")
    sent = browser(town["bram"]).post("/practice/billing/send/", {"recipient": RECIPIENT}).text
    (line,) = csv.DictReader(io.StringIO(sent))
    assert (line["payer"], line["member_id"], line["authorisation"]) == ("Later Mutual", "L-9", "A-77")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_of_the_file_is_a_formula(cell):
    """BILL-9: a name that begins like a formula stays a name."""
    assert harmless(cell).startswith("'")


def test_the_client_sees_the_very_payload_and_decides_about_what_is_held(town, world):
    """BILL-6, CONS-9: the serializer's own output on their page; “I’ll pay” takes one step."""
    consent, charge = town.billable("roz")
    me = portal_browser(world["roz_person"])
    page = unescape(me.get("/my/billing/").content.decode())
    with town.at_work("roz", "billing"):
        exact = claim_payload(town["roz"], claim_facts_of(town["roz"]))
    assert json.dumps(exact, indent=2, ensure_ascii=False, default=str) in page
    theirs = unescape(me.get(f"/my/permissions/{consent}/exactly/").content.decode())
    assert json.dumps(exact, indent=2, ensure_ascii=False, default=str) in theirs
    assert str(charge.id) in theirs
    town.withdraws("roz", consent)
    assert "These wait for you" in me.get("/my/billing/").content.decode()
    assert me.post("/my/billing/held/", {"charge": str(charge.id), "do": "pay"}).status_code == 303
    assert "These wait for you" not in me.get("/my/billing/").content.decode()
