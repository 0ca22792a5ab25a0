"""Roz reads a version on her phone and signs it, or rather not; her therapist sees which (PLAN-10)."""

from __future__ import annotations

import pytest

from plans.services.signing import ask_to_sign
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, SMALL, a_browser, device
from tests.plans.room import room_of

pytestmark = pytest.mark.journey


@pytest.fixture
def room(world):
    room = room_of(world, "roz", "imani")
    room.agreed_goal()
    room.agreed_intervention("Step ladder on the real bus")
    with room.acts(room.therapist):
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
    return room


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no-scripts"])
def test_she_signs_part_of_it_and_keeps_a_copy(live_url, room, scripted):
    """PLAN-10, UI-1: from home to the receipt in four actions; the practice reads what she said."""
    with (
        a_browser() as browser,
        device(browser, live_url, PHONE, scripted=scripted) as roz,
        device(browser, live_url, DESK, scripted=scripted) as imani,
    ):
        roz.come_in()
        roz.look("my-home-to-sign")
        roz.count_from_here()
        roz.click("link", "Version 1 of your plan", exact=False)
        roz.look("my-sign")
        roz.answer("I agree with parts of it", to=roz.group("Which is true for you?"))
        if scripted:
            roz.type("Which parts?", "All but how often.")
            roz.type("Type your name", "Roz")
        else:
            roz.page.locator("[name=notes]").fill("All but how often.", force=True)
            roz.page.locator("[name=name]").fill("Roz", force=True)
        roz.click("button", "Save my answer")
        assert "A copy to keep" in roz.text()
        assert roz.actions == 3
        roz.look("my-receipt")

        imani.sign_in("imani")
        imani.open(f"/practice/clients/{room.client_id}/plan/versions/")
        imani.click("link", "Version 1", exact=False)
        imani.click("link", "Signatures of this version")
        assert "All but how often." in imani.text()
        imani.look("signatures")
        imani.type("Type your name", "Dr Imani Castellane")
        imani.click("button", "Sign it")
        assert "It stands for exactly these words" in imani.text()


def test_the_pages_in_every_look(live_url, room):
    """UI-3: light and dark, wide and narrow."""
    with a_browser() as browser:
        for screen, scheme in ((PHONE, DARK), (DESK, LIGHT), (DESK, DARK), (SMALL, LIGHT)):
            with device(browser, live_url, screen, scheme) as roz:
                roz.come_in()
                roz.click("link", "Version 1 of your plan", exact=False)
                roz.look("my-sign")
                roz.click("button", "Save my answer")
                roz.look("my-sign-missing")
