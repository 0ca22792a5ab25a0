"""Billing, seen by who does it and by whom it is about: every page in every look (BILL-2, BILL-6, UI-3)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plans.models import Coverage
from plans.services.authorisations import NewAuthorisation, add_authorisation
from plans.services.charges import ChargeChanges, change_charge
from tests.billing.town import DAY, Software, Town
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, SMALL, a_browser, at_browser, device
from tests.messaging.calendar import Desk

pytestmark = pytest.mark.journey


@pytest.fixture
def town(world) -> Town:
    return Town(world)


@pytest.fixture
def charges(town):
    """One sent and sent back, one ready, one from the calendar without its code."""
    consent, sent = town.billable()
    software = Software(town.let_in())
    software.get("billing/charges")
    told = {"outcome": "rejected", "adjudication_codes": ["CO-16"]}
    software.post(f"billing/clients/{town['roz']}/charges/{sent.id}/results", told, "k1")
    ready = town.kept("roz")
    Desk(town.world).kept()
    with town.at_work("roz", "billing") as by:
        change_charge(client_id=town["roz"], charge_id=ready.id, changes=ChargeChanges("S50", units=2), by=by)
        covered = Coverage.objects.get(client_id=town["roz"]).id
        add_authorisation(client_id=town["roz"], new=NewAuthorisation(covered, "A-77", "S50", 12, DAY), by=by)
    return {"consent": consent, "sent": sent.id, "ready": ready.id}


def test_the_pages_of_billing_in_every_look(live_url, town, charges):
    """0 axe, 0 policy violations, no sideways scroll: the practice's pages and the client's."""
    one = {"client_id": town["roz"]}
    theirs = {
        "billing": reverse("billing:practice"),
        "billing-services": reverse("billing:services"),
        "billing-charge": reverse("billing:charge", kwargs={**one, "charge_id": charges["ready"]}),
        "billing-correct": reverse("billing:charge", kwargs={**one, "charge_id": charges["sent"]}),
    }
    mine = {
        "my-billing": reverse("my_billing:seen"),
        "my-exactly": reverse("my:exactly", kwargs={"consent_id": charges["consent"]}),
    }
    with a_browser() as browser:
        for screen, scheme in ((DESK, LIGHT), (PHONE, DARK), (SMALL, LIGHT)):
            with device(browser, live_url, screen, scheme) as bram:
                bram.sign_in("bram")
                for name, path in theirs.items():
                    bram.open(path)
                    bram.look(name)
                bram.open(reverse("billing:record", kwargs=one))
                for more in bram.page.locator("main details.more summary").all():
                    more.click()
                bram.look("billing-record")
            with device(browser, live_url, screen, scheme) as roz:
                roz.come_in()
                for name, path in mine.items():
                    roz.open(path)
                    for more in roz.page.locator("main details.more summary").all():
                        more.click()
                    roz.look(name)
    town.withdraws("roz", charges["consent"])
    with at_browser(live_url, PHONE, LIGHT) as roz:
        roz.come_in()
        roz.open(mine["my-billing"])
        roz.look("my-billing-held")
        roz.click("checkbox", "330.00 GBP", exact=False)
        roz.click("button", "I’ll pay")
        assert "You pay for these. They are not sent." in roz.page.inner_text("body")
