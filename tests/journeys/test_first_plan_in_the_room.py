"""The main job: from Today to a first agreed plan, in one room, with the actions counted (PLAN-16, UI-12)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from plans.content import ObjectiveContent
from plans.models import Standing
from plans.services.items import propose_revision
from tests import world as town
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, Person, at_browser, every_look

pytestmark = pytest.mark.journey

THERAPIST_AT_MOST = 15
CLIENT_AT_MOST = 8
LINES = 7


def open_the_sheet(person: Person) -> None:
    """From Today to the empty sheet."""
    person.click("link", "Tomek: no agreed plan yet")
    person.click("button", "First plan, in the room")


def part(person: Person, name: str) -> Any:
    """A line of the sheet by its name."""
    return person.find("region", name)


def write_it_down(person: Person) -> None:
    """What brings him, strengths, a goal, an objective, two things to do, and when to look again."""
    person.type("What I have going for me", "I finish what I start.")
    person.type("What brings me here", "My dad died. I drink to sleep.")
    person.type("A goal, in Tomek’s words", "Be someone my daughter rings up.")
    person.type("Clinical wording", "Rebuild contact with his daughter; process the loss.")
    person.type("How we would see it", "One phone call with her every week.")
    first, second = part(person, "Line 5: What we’ll do"), part(person, "Line 6: What we’ll do")
    person.type("What we’ll do", "Grief-focused therapy", within=first)
    person.select("How often", "a week", within=first)
    person.type("Minutes", "50", within=first)
    person.type("What we’ll do", "A drink diary on the fridge", within=second)
    person.select("How often", "a day", within=second)
    person.select("Who does it", "Tomek", within=second)
    person.type("Look again on", "2027-02-01")


def answer_everything(person: Person, choice: str = "Yes") -> None:
    """The client, one answer to a line."""
    asked = person.page.get_by_role("group", name="My answer")
    assert asked.count() == LINES
    for number in range(LINES):
        person.answer(choice, to=asked.nth(number))


def hand_it_back(person: Person) -> None:
    """The therapist takes the device back."""
    person.type("Password of Wren Adeyemi-Holt", town.PASSWORD)
    person.click("button", "Take it back")


@every_look
def test_a_first_agreed_plan_in_the_clients_own_hand(live_url, world, screen, scheme):
    """UI-12: therapist at most 15 actions, client at most 8; UI-3 on every screen on the way."""
    with at_browser(live_url, screen, scheme) as person:
        person.sign_in("wren")
        person.count_from_here()
        open_the_sheet(person)
        person.look("room-empty")
        write_it_down(person)
        person.click("checkbox", "Tomek")
        person.look("room-typed")
        person.click("button", "Turn to Tomek")
        therapist, person.actions = person.actions, 0
        assert person.page.title() == "For you – My pages"
        person.look("room-client")
        answer_everything(person)
        person.look("room-client-answered")
        person.click("button", "Save and hand it back")
        client, person.actions = person.actions, therapist
        person.look("room-back")
        hand_it_back(person)
        person.look("room-agreed")
        person.choose("Offered, taken")
        person.click("button", "Save and close the sheet")
        assert person.text().count("In force.") == LINES
        person.look("room-closed")
        assert person.actions <= THERAPIST_AT_MOST
        assert client <= CLIENT_AT_MOST


def test_the_same_without_javascript_read_out_and_recorded(live_url, world):
    """UI-3: the whole job with JavaScript off; the answers are said and written down."""
    with at_browser(live_url, DESK, LIGHT, scripted=False) as person:
        person.sign_in("wren")
        person.count_from_here()
        open_the_sheet(person)
        write_it_down(person)
        person.choose("Said, I recorded it")
        person.click("checkbox", "Tomek")
        person.answer("Yes", to=person.group("Or one answer for the whole sheet"))
        person.choose("Offered, not taken")
        person.click("button", "Save what was said")
        assert person.text().count("In force.") == LINES
        assert person.actions <= THERAPIST_AT_MOST


def test_a_turned_device_reaches_nothing_else(live_url, world):
    """PLAN-16: that sheet only, help stays open, a wrong password leaves it locked."""
    with at_browser(live_url, PHONE, DARK) as person:
        person.sign_in("wren")
        open_the_sheet(person)
        person.type("What I have going for me", "I finish what I start.")
        person.click("button", "Turn to Tomek")
        turned = person.page.url
        for path in ("/practice/", "/practice/clients/", turned.removesuffix("client/")):
            person.open(path)
            assert person.page.url == turned
        person.page.go_back()
        person.page.reload()
        person.open("/help-now/")
        assert person.page.url.endswith("/help-now/")
        person.open(turned)
        person.click("button", "Leave it for next time")
        person.type("Password of Wren Adeyemi-Holt", "not this one")
        person.click("button", "Take it back")
        assert person.page.title().startswith("Error:")
        assert "That is not your password." in person.text()
        person.look("room-back-wrong")
        person.open("/practice/")
        assert person.page.url == turned


def test_each_answer_shows_only_its_own_box(live_url, world):
    """UI-1: a box for words after “Yes, with changes”, a day after “Not now”; without a script as well."""
    with at_browser(live_url, DESK, LIGHT, scripted=False) as person:
        person.sign_in("wren")
        open_the_sheet(person)
        goal = part(person, "Line 3: A goal")
        person.answer("Not now", to=goal)
        assert goal.get_by_label("Raise it again after").is_visible()
        person.answer("Yes, with changes", to=goal)
        assert not goal.get_by_label("Raise it again after").is_visible()
        assert goal.get_by_label("In Tomek’s words").nth(1).is_visible()


@every_look
def test_what_is_shown_when_words_move_and_when_something_is_missing(live_url, world, screen, scheme):
    """PLAN-15, UI-5: both texts, what was typed kept; the summary takes focus."""
    with at_browser(live_url, screen, scheme) as person:
        person.sign_in("wren")
        open_the_sheet(person)
        write_it_down(person)
        person.answer("Yes", to=part(person, "Line 3: A goal"))
        person.click("button", "Save what was said")
        assert person.page.title().startswith("Error:")
        person.look("room-missing")
        person.choose("Said, I recorded it")
        person.answer("Yes", to=person.group("Or one answer for the whole sheet"))
        person.click("button", "Save and come back")
        person.click("link", "Go on with the open sheet")
        person.click("button", "Save what was said")
        person.click("button", "Save and close the sheet")
        person.click("button", "Another sheet, together")
        at_another_desk(lambda: reword(world))
        person.choose("By phone or video")
        person.answer("No thanks", to=part(person, "Line 4: How we would see it"))
        person.click("button", "Save what was said")
        assert "These words moved." in person.text()
        person.look("room-moved")
        person.answer("No thanks", to=part(person, "Line 4: How we would see it"))
        person.click("button", "Save what was said")
        assert "Tomek said no thanks to the newer words. These stay in force." in person.text()
        person.look("room-review")
        person.click("button", "Turn to Tomek")
        person.look("room-client-review")


def test_the_sheet_on_paper(live_url, world):
    """UI-11: the words and four boxes to a line, and back again; nothing typed is lost on the way."""
    with at_browser(live_url, DESK, LIGHT) as person:
        person.sign_in("wren")
        open_the_sheet(person)
        write_it_down(person)
        person.click("button", "Print the sheet")
        assert person.text().count("No thanks") == LINES
        person.look("room-paper")
        person.click("link", "Back to the sheet")
        assert person.find("textbox", "What brings me here").input_value() == "My dad died. I drink to sleep."


def at_another_desk(act: Callable[[], None]) -> None:
    """Does something meanwhile, on a connection of its own that is closed afterwards."""

    def alone() -> None:
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as desk:
        desk.submit(alone).result()


def reword(world: dict[str, Any]) -> None:
    """The therapist words the objective differently."""
    by = town.actor(world, "wren")
    with opened(by, clients=[world["tomek"]], classes={DataClass.PLAN}, via="test"):
        standing = Standing.objects.get(client_id=world["tomek"], kind="objective")
        content = ObjectiveContent("One phone call with her every day.", parent=standing.parent_id)
        base = standing.highest_number
        propose_revision(item_id=standing.item_id, base=base, content=content, by=by)
