"""The clients' pages at a real browser: every look, and the whole path with JavaScript off (UI-3)."""

import pytest

from clients.services.limits import CardTold
from tests.clients.town import Town
from tests.journeys.browser import DARK, DESK, LIGHT, LOOKS, PHONE, SMALL, a_browser, at_browser, device

pytestmark = pytest.mark.journey

RECORD_PAGES = ("overview", "about", "contact", "people", "consents", "limits", "history", "team", "more")


@pytest.fixture
def town(world, live_url):
    return Town(world)


def test_every_page_of_a_record_in_every_look(live_url, town):
    """UI-3: 0 axe, 0 policy violations, no sideways scroll, light and dark, wide and narrow, and at 320 px."""
    town.tells("tomek", CardTold("court_order", said_back="Only the order."), CardTold("child_hurt", question="Who?"))
    with a_browser() as browser:
        for screen, scheme in [*LOOKS, (SMALL, LIGHT)]:
            with device(browser, live_url, screen, scheme) as person:
                person.sign_in("wren")
                for page in RECORD_PAGES:
                    person.open(town.url(page))
                    person.look(f"record-{page}")
                person.open(town.url("limits") + "?again=1")
                person.look("record-limits-again")
                person.open("/practice/clients/add/")
                person.look("add-client")
                person.click("button", "Add")
                person.look("add-client-missing")


def test_the_front_desk_wide_and_light_narrow_and_dark(live_url, town):
    """ACC-12: Today and the list, nothing else, and they look as good."""
    with a_browser() as browser:
        for screen, scheme in [(DESK, LIGHT), (PHONE, DARK)]:
            with device(browser, live_url, screen, scheme) as person:
                person.sign_in("sol")
                for name, path in {"desk-today": "/practice/", "desk-list": "/practice/clients/"}.items():
                    person.open(path)
                    person.look(name)


@pytest.mark.parametrize(("screen", "scripted"), [(DESK, True), (PHONE, False)], ids=["desk", "phone-without-scripts"])
def test_adding_somebody_and_telling_the_limits(live_url, town, screen, scripted):
    """Issue 2, the main job's first half: add a client, read out the cards, write down how it went."""
    with at_browser(live_url, screen, LIGHT, scripted=scripted) as person:
        person.sign_in("wren")
        person.open("/practice/clients/")
        person.count_from_here()
        person.click("link", "Add a client")
        person.type("Name they use", "Hollis")
        person.click("button", "Add")
        person.click("link", "Limits not told yet")
        cards = person.page.get_by_role("article")
        for number in range(5):
            person.choose("Gone through", within=cards.nth(number), role="checkbox")
        person.type("Said back, in Hollis’s own words", "You can call. You’d tell me.", within=cards.nth(0))
        person.select("How it was done", "Said in the room, typed by staff")
        person.click("button", "Save")
        assert "Said back" in person.text()
        assert "Go through them again" in person.text()
        assert person.actions <= 10
        person.click("link", "Overview")
        assert "Limits not told yet" not in person.text()


def test_a_manager_gives_somebody_a_lead_wide_and_light_narrow_and_dark(live_url, town):
    """ACC-12: from the line in Today, without a record opened."""
    town.adds("teo", "Vesna")
    town.adds("teo", "Oren")
    with a_browser() as browser:
        for screen, scheme, name in [(DESK, LIGHT, "Vesna"), (SMALL, DARK, "Oren")]:
            with device(browser, live_url, screen, scheme) as person:
                person.sign_in("petra")
                person.click("link", f"Nobody leads {name}’s care")
                person.look("nobody-leads")
                lead = person.page.get_by_role("region", name=name)
                person.click("button", "Give them the lead", within=lead)
                person.look("nobody-leads-missing")
                person.select("Who leads their care", "Wren Adeyemi-Holt", within=lead)
                person.click("button", "Give them the lead", within=lead)
                assert f"{name}’s care" not in person.text()
