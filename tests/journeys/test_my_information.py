"""What a client reads and writes about themself, and what stands beside it in the practice, in every look (UI-3)."""

import pytest
from django.urls import reverse

from careplan.accounts.licences import NewLicence, add_licence
from clients.models import Hidden, How
from clients.services.diagnoses import Called, record_diagnosis
from clients.services.people import Around, add_person_around
from clients.services.quiet import tuck_away
from tests.clients.town import Town
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, SMALL, a_browser, at_browser, device

pytestmark = pytest.mark.journey

MINE = ("about", "people", "reach", "named", "ledger", "quiet")
THEIRS = ("diagnoses", "quiet", "access")


@pytest.fixture
def town(world, live_url):
    town = Town(world)
    with town.opens("imani", "roz") as by:
        keys = {"client_id": town["roz"], "by": by}
        town.ids["diagnosis"] = record_diagnosis(**keys, called=Called("Panic"), shared=True)
        town.ids["lia"] = add_person_around(**keys, around=Around(name="Lia", relation="sister"))
        tuck_away(**keys, kind=Hidden.ORGANISATION, key="Cascade Mutual", how=How.SAID_IN_SESSION)
    licence = NewLicence("EMDR", "AB 12", "United Kingdom")
    add_licence(person_id=town["imani"], new=licence, by=town.actor("imani"))
    town.gets("wren", "overview", "roz")
    return town


def test_every_page_in_every_look(live_url, town):
    """0 axe, 0 policy violations, no sideways scroll: the client's pages and the practice's beside them."""
    record = {"client_id": town["roz"]}
    mine = {f"my-{name}": reverse(f"my:{name}") for name in MINE}
    mine["my-person"] = reverse("my:person", kwargs={"person_around_id": town["lia"]})
    theirs = {f"record-{name}": reverse(f"clients:{name}", kwargs=record) for name in THEIRS}
    theirs["record-diagnosis"] = reverse("clients:diagnosis", kwargs={**record, "diagnosis_id": town["diagnosis"]})
    theirs["licences"] = reverse("accounts:licences")
    with a_browser() as browser:
        for screen, scheme in [(DESK, DARK), (PHONE, LIGHT), (SMALL, LIGHT)]:
            for pages, comes in ((mine, "roz"), (theirs, "imani")):
                with device(browser, live_url, screen, scheme) as person:
                    person.come_in() if comes == "roz" else person.sign_in(comes)
                    for name, path in pages.items():
                        person.open(path)
                        person.look(name)


def test_asking_about_a_line_and_putting_it_away_without_scripts(live_url, town):
    """AUD-3, SAFE-7: two presses each, and no mark is left."""
    with at_browser(live_url, PHONE, LIGHT, scripted=False) as person:
        person.come_in()
        person.open(reverse("my:ledger"))
        line = person.page.get_by_role("listitem").filter(has_text="Wren asked for your record")
        line.locator("summary").click()
        person.type("What would you like to know? You don’t have to say.", "Who is Wren?", within=line)
        person.click("button", "Ask", within=line)
        assert "Your question is with the practice." in person.text()
        line = person.page.get_by_role("listitem").filter(has_text="Imani")
        line.locator("summary").click()
        person.click("button", "Put this line away", within=line)
        assert "Imani, your therapist" not in person.text()
