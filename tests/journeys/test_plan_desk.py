"""At the desk: the therapist words an intervention differently; the old counts until Tomek answers (PLAN-5, PLAN-8)."""

import pytest

from tests.journeys.browser import DARK, DESK, LIGHT, LOOKS, PHONE, a_browser, at_browser, device
from tests.plans.room import room_of, therapy
from tests.plans_pages.desk import a_plan

pytestmark = pytest.mark.journey

NEW = "Step ladder on the real bus, with Jess on the first ride"


@pytest.fixture
def room(world, live_url):
    return room_of(world, "tomek", "wren")


def desk_address(room, *rest):
    return "/".join([f"/practice/clients/{room.client_id}/plan", *map(str, rest)]) + "/"


def test_every_page_of_the_desk_in_every_look(live_url, room):
    """UI-3: 0 axe, 0 policy violations, no sideways scroll, light and dark, wide and narrow."""
    seeded = a_plan(room)
    room.propose(therapy("Letter to the insurer"), room.client)
    pages = {
        "plan": desk_address(room),
        "plan-intervention": desk_address(room, "items", seeded.agreed.item_id),
        "plan-off": desk_address(room, "items", seeded.declined.item_id),
        "plan-add": desk_address(room, "add"),
        "plan-add-intervention": desk_address(room, "add", "intervention"),
        "plan-off-the-table": desk_address(room, "off-the-table"),
        "plan-move": desk_address(room, "items", seeded.agreed.item_id, "move"),
        "plan-pace": desk_address(room, "pace"),
        "plan-versions": desk_address(room, "versions"),
        "plan-compare": desk_address(room, "versions", "compare"),
        "overview": f"/practice/clients/{room.client_id}/",
        "today": "/practice/",
        "clients": "/practice/clients/",
    }
    with a_browser() as browser:
        for screen, scheme in LOOKS:
            with device(browser, live_url, screen, scheme) as person:
                person.sign_in("wren")
                for name, path in pages.items():
                    person.open(path)
                    person.look(name)
                person.open(desk_address(room))
                person.click("link", "Read or print the agreed plan")
                person.look("plan-version")
                person.click("button", "Print a copy")
                person.look("plan-printed")
