"""At the desk: the therapist words an intervention differently; the old counts until Tomek answers (PLAN-5, PLAN-8)."""

import pytest

from plans.models import Standing
from plans.services.sheets import SheetAnswer
from tests.journeys.browser import DARK, DESK, LIGHT, LOOKS, PHONE, a_browser, at_browser, device, meanwhile
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


def test_the_old_wording_counts_until_tomek_answers_on_the_next_sheet(live_url, room):
    """PLAN-5, PLAN-15, PLAN-16: reworded at the desk, answered in the room, in force."""
    seeded = a_plan(room)
    line = desk_address(room, "items", seeded.agreed.item_id)
    with at_browser(live_url) as person:
        person.sign_in("wren")
        reword(person, line, review=True)
        assert "Your new wording is with Tomek. The old one counts until he answers." in person.text()
        person.look("plan-reworded")
        with meanwhile():
            assert room.standing(seeded.agreed).in_force_id == seeded.agreed.id
            answer_on_a_sheet(room, seeded)
        person.open(line)
        assert "In force." in person.text()
        assert "said in session, recorded by you" in person.text()
        person.look("plan-answered")
    assert room.standing(seeded.agreed).in_force_id != seeded.agreed.id


def test_it_all_works_without_scripts_and_on_a_phone(live_url, room):
    """UI-3: JavaScript off."""
    seeded = a_plan(room)
    with at_browser(live_url, PHONE, scripted=False) as person:
        person.sign_in("wren")
        reword(person, desk_address(room, "items", seeded.agreed.item_id))
        assert "The old one counts until he answers." in person.text()
        person.look("plan-no-scripts")


def test_two_at_once_and_off_the_table_in_both_lights(live_url, room):
    """PLAN-6, PLAN-15: what was typed is still there."""
    seeded = a_plan(room)
    with a_browser() as browser:
        for scheme in (LIGHT, DARK):
            with device(browser, live_url, DESK, scheme) as person:
                person.sign_in("wren")
                too_late(person, room, seeded, scheme)
                person.look("plan-moved")
                person.open(desk_address(room, "add", "intervention"))
                person.type("What we’ll do", "Group for panic")
                person.click("button", "Propose to Tomek")
                assert "Tomek asked to leave this for now. Raise it anyway?" in person.text()
                person.look("plan-raise")


def reword(person, line, *, review=False):
    person.open(line)
    person.type("New wording", NEW)
    person.type("Why this change? Tomek reads this sentence.", "You asked for company.")
    if review:
        person.click("button", "See the change")
        person.look("plan-review-change")
    person.click("button", "Propose to Tomek")


def too_late(person, room, seeded, scheme):
    person.open(desk_address(room, "items", seeded.agreed.item_id))
    with meanwhile():
        reworded_elsewhere(room, seeded, scheme)
    for summary in person.page.locator("summary", has_text="Propose another wording").all():
        summary.click()
    person.type("New wording", NEW)
    person.click("button", "Propose to Tomek")
    assert "What moved" in person.text()
    assert person.page.get_by_label("New wording", exact=True).input_value() == NEW


def reworded_elsewhere(room, seeded, scheme):
    with room.acts(room.therapist):
        number = Standing.objects.get(item_id=seeded.agreed.item_id).highest_number
    theirs = therapy(f"Step ladder, twice a week, {scheme}", parent=seeded.goal.item_id)
    room.reword(seeded.agreed, theirs, room.client, base=number)


def answer_on_a_sheet(room, seeded):
    sheet = room.sheet("review")
    new = room.standing(seeded.agreed).open_id
    room.said(sheet, SheetAnswer(revision_id=new, choice="yes"))
