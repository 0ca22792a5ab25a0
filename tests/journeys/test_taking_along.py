"""Roz says how she sees what a school asks, and takes everything along; on a phone, with scripts and without."""

from __future__ import annotations

import pytest

from plans.bundle.verify import verify
from plans.services.requirements import Demand, set_requirement
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, SMALL, a_browser, device
from tests.plans.room import room_of

pytestmark = pytest.mark.journey
ASKED = Demand("school", "the school", "A letter each month.", None, "That you came", "The head teacher")


@pytest.fixture
def room(world):
    room = room_of(world, "roz", "imani")
    room.agreed_goal()
    with room.acts(room.therapist):
        set_requirement(client_id=room.client_id, demand=ASKED, by=room.therapist)
    return room


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no-scripts"])
def test_she_sees_it_differently_and_takes_everything_along(live_url, room, scripted):
    """PLAN-19, PLAN-12, Promise 8: from the first page to the file that proves itself."""
    with a_browser() as browser, device(browser, live_url, PHONE, scripted=scripted) as roz:
        roz.come_in()
        roz.click("link", "Set by the school, not by you", exact=False)
        roz.look("my-requirement")
        roz.choose("I see it differently")
        roz.type("In your words", "I like the letters.")
        roz.click("button", "Save")
        assert "I like the letters." in roz.text()
        roz.look("my-requirements")
        roz.open("/my/everything/")
        roz.look("my-everything")
        with roz.page.expect_download() as download:
            roz.click("button", "Download my plan with its proof")
        assert download.value.suggested_filename.startswith("my-pages-")
        assert verify(download.value.path().read_bytes()).broken == ""
        roz.open("/my/everything/")
        roz.click("link", "Read it or print it", exact=False)
        assert "I like the letters." in roz.text()
        roz.look("my-everything-read")


def test_the_pages_in_every_look(live_url, room):
    """UI-3: light and dark, wide and as narrow as it gets; the practice's side too."""
    with a_browser() as browser:
        for screen, light in ((SMALL, LIGHT), (DESK, DARK)):
            with device(browser, live_url, screen, light) as roz:
                roz.come_in()
                for name in ("plan/set-by-others/", "everything/", "everything/read/"):
                    roz.open(f"/my/{name}")
                    roz.look(f"my-{name.replace('/', '-')}{screen.name}")
        with device(browser, live_url, DESK, DARK) as imani:
            imani.sign_in("imani")
            imani.open(f"/practice/clients/{room.client_id}/plan/set-by-others/")
            imani.look("requirements")
