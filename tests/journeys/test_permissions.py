"""The first day and a withdrawal on a phone, with the steps of giving and of stopping counted (CONS-4, UI-12)."""

from __future__ import annotations

import pytest

from tests.consents.hands import Hands, insurer
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, SMALL, a_browser, device

pytestmark = pytest.mark.journey
INSURER = "Cascade Mutual may get dates and one code"


@pytest.fixture
def hands(world) -> Hands:
    return Hands(world)


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no-scripts"])
def test_the_first_day_and_stopping_takes_no_more_steps_than_giving(live_url, hands, scripted):
    """Promise 4, UI-12: five things one by one; then one permission is given and stopped."""
    hands.asks(insurer())
    with a_browser() as browser, device(browser, live_url, PHONE, scripted=scripted) as roz:
        roz.come_in("roz")
        roz.click("link", "Before we start 4 of 5 left, when you like")
        roz.look("first-day")
        roz.click("button", "Begin")
        roz.look("limits-card")
        for _ in range(4):
            roz.click("button", "Read, and the next card")
        roz.type("What does this card say, in your own words? (if you like)", "No name, no place.")
        roz.click("button", "Read")
        roz.look("first-day-question")
        for choice in ("Yes", "No thanks", "Not now"):
            roz.answer(choice, to=roz.group("What would you like?"))
            roz.click("button", "Save, and the next one")
        assert "That is all. Thank you." in roz.text()

        roz.open("/my/permissions/")
        roz.count_from_here()
        roz.click("link", INSURER)
        roz.answer("Yes", to=roz.group("What would you like?"))
        roz.click("button", "Save my answer")
        assert "Your receipt" in roz.text()
        given = roz.actions

        roz.open("/my/permissions/")
        roz.look("permissions")
        roz.count_from_here()
        card = roz.find("article", INSURER)
        card.locator("summary").first.click()
        roz.actions += 1
        roz.click("button", "Stop it now", within=card, exact=False)
        assert "You have stopped this. It counts from now." in roz.text()
        roz.look("permission-receipt")
        assert roz.actions <= given


def test_the_pages_of_permissions_in_every_look(live_url, hands):
    """UI-3: light and dark, wide and narrow; on a small phone nothing is cut off."""
    asked = hands.asks(insurer())
    consent = hands.records(insurer(days=30, purpose="For last year"))
    one = f"/my/permissions/{consent}/"
    pages = ("/my/permissions/", f"/my/permissions/{asked}/", f"{one}change/", "/my/before-we-start/", f"{one}exactly/")
    with a_browser() as browser:
        for screen, scheme in ((DESK, DARK), (PHONE, DARK), (SMALL, LIGHT)):
            with device(browser, live_url, screen, scheme) as roz:
                roz.come_in("roz")
                for page in pages:
                    roz.open(page)
                    roz.look("my" + page.replace("/", "-"))
