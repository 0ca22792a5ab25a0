"""The whole way at a browser: a name, a yes, a plan, a session, a charge, a reading, and a stop in the middle of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.billing.town import RECIPIENT, Software, Town
from tests.journeys.browser import DESK, LIGHT, Person, at_browser, meanwhile

pytestmark = pytest.mark.journey
SAID = "Said in the room, typed by staff"


def write_down_the_yes(imani: Person, record: str) -> None:
    """To treatment, and to billing for one recipient."""
    imani.open(f"{record}consents/ask/")
    imani.select("What", "Treatment")
    imani.select("Said already?", SAID)
    imani.choose("Yes", within=imani.group("What they said", exact=False))
    imani.click("button", "Save")
    imani.open(f"{record}consents/ask/")
    imani.select("What", "Billing")
    imani.select("Said already?", SAID)
    imani.choose("Yes", within=imani.group("What they said", exact=False))
    imani.type("Last day", str(timezone.localdate() + timedelta(days=90)))
    imani.page.get_by_text("For somebody outside: who, what, why").click()
    imani.type("To whom", RECIPIENT)
    imani.choose("Days of sessions", role="checkbox")
    imani.click("button", "Save")
    assert f"Billing: {RECIPIENT}" in imani.text()


def agree_a_plan(imani: Person, record: str) -> None:
    """One goal and one line to see it by, said in the room and written down."""
    imani.open(f"{record}plan/")
    imani.click("button", "First plan, in the room")
    imani.type("A goal, in Delphine’s words", "Sleep through again.")
    imani.type("How we would see it", "Five nights of seven.")
    imani.choose("Said, I recorded it")
    imani.click("checkbox", "Delphine")
    imani.answer("Yes", to=imani.group("Or one answer for the whole sheet"))
    imani.choose("Offered, not taken")
    imani.click("button", "Save what was said")
    assert imani.text().count("In force.") == 2


def keep_a_session(imani: Person, client: str) -> None:
    """Yesterday’s, written into the calendar and kept."""
    imani.open(f"/practice/calendar/new/?client={client}")
    imani.type("Day", str(timezone.localdate() - timedelta(days=1)))
    imani.type("Start", "10:00")
    imani.type("Minutes", "50")
    imani.click("button", "Book")
    imani.click("button", "Kept")
    assert "Kept" in imani.text()


def say_what_it_was(imani: Person, record: str) -> None:
    """A diagnosis that was talked over, and which service it was."""
    imani.open(f"{record}diagnoses/")
    imani.type("What it is called", "Sleeplessness")
    imani.select("Code from", "ICD-11")
    imani.type("Code", "7A00")
    imani.choose("Yes")
    imani.click("button", "Write it down")
    imani.open(f"{record}billing/")
    imani.click("link", "Choose the service")
    imani.click("button", "Save")  # the one service of fifty minutes stands there already
    assert "S50 165.00 GBP" in imani.text()
    assert "Ready, held by Dr Imani Castellane" in imani.text()


def test_from_a_name_to_a_claim_and_a_stop_in_the_middle(live_url, world):
    """Issue 4: BILL-1, BILL-2, BILL-6, CONS-4. What was sent is settled; nothing new is read after the stop."""
    town = Town(world)
    town.service(minutes=50)
    software = Software(town.let_in())
    with at_browser(live_url, DESK, LIGHT, scripted=False) as imani:
        imani.sign_in("imani")
        imani.open("/practice/clients/add/")
        imani.type("Name they use", "Delphine")
        imani.click("button", "Add")
        client = imani.page.url.split("/clients/")[1].split("/")[0]
        record = f"/practice/clients/{client}/"
        with meanwhile():
            assert software.get(f"billing/clients/{client}").status_code == 404
        write_down_the_yes(imani, record)
        agree_a_plan(imani, record)
        keep_a_session(imani, client)
        say_what_it_was(imani, record)

        with meanwhile():
            (charge,) = software.get("billing/charges").json()["charges"]
            day = f"billing/readiness?client={client}&on={charge['service_on']}"
            assert software.get(day).json()["ready"] is True
        assert (charge["client"], charge["service_code"], charge["fee"]) == (client, "S50", "165.00")

        imani.open(f"{record}consents/")
        row = imani.page.get_by_role("row").filter(has_text=RECIPIENT)
        imani.click("button", "Delphine stopped it", within=row, exact=False)
        assert "Stopped as of now." in imani.page.inner_text("body")
    one = f"billing/clients/{client}/charges/{charge['id']}"
    assert [software.get(path).status_code for path in (day, one, f"{one}/evidence")] == [403, 403, 403]
    assert software.post(f"{one}/results", {"outcome": "paid", "paid": "165.00"}, "k1").status_code == 201
