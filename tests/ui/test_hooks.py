"""Menus and tabs are filled by the apps, hold seven at most, and say where you are (UI-10)."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from careplan import hooks
from careplan.ui import navigation
from tests.ui.markup import request

CLIENT = UUID("018f0000-0000-7000-8000-000000000001")


@dataclass(frozen=True)
class Somebody:
    front_desk: bool = False


def test_the_menu_and_the_record_hold_seven_at_most():
    assert len(hooks.menu) <= 7
    assert len(hooks.record_tabs) <= 7
    menu = hooks.Menu("menu", most=7)
    for number in range(7):
        menu.add(f"Place {number}", "inbox", f"place-{number}", number)
    with pytest.raises(ValueError, match="one too many"):
        menu.add("Eighth", "inbox", "eighth", 8)


def test_entries_stand_in_their_order_whoever_came_first():
    menu = hooks.Menu("menu")
    menu.add("Clients", "users", "clients", 20)
    menu.add("Today", "inbox", "today", 10)
    assert [entry.label for entry in menu] == ["Today", "Clients"]


def test_a_second_entry_for_the_same_place_is_refused():
    tabs = hooks.Links("tabs")
    tabs.add("Plan", "plan", 10)
    with pytest.raises(ValueError, match="already"):
        tabs.add("Plan again", "plan", 20)


def test_the_overview_opens_what_its_panels_read():
    panels = hooks.OverviewPanels("overview")
    panels.add("goals", "a.html", lambda actor, client_id: None, {"plan"}, 10)
    panels.add("contact", "b.html", lambda actor, client_id: None, {"contact"}, 20, aside=True)
    assert panels.classes() == {"plan", "contact"}


@pytest.mark.urls("tests.ui.urls")
def test_the_nearest_tab_is_marked_and_an_entry_not_for_you_is_not_there(monkeypatch):
    tabs = hooks.Links("tabs")
    tabs.add("Overview", "overview", 10)
    tabs.add("Plan", "plan", 20)
    tabs.add("Secret", "secret", 30, shows=lambda actor: not actor.front_desk)
    monkeypatch.setattr(hooks, "record_tabs", tabs)
    asked = request(f"/made-up/{CLIENT}/plan/room/")
    asked.actor = Somebody(front_desk=True)
    assert [(tab.label, tab.current) for tab in navigation.tabs(asked, CLIENT)] == [("Overview", ""), ("Plan", "true")]
    asked.path = f"/made-up/{CLIENT}/plan/"
    assert [tab.current for tab in navigation.tabs(asked, CLIENT)] == ["", "page"]
    asked.path = f"/made-up/{CLIENT}/limits/"
    assert [tab.current for tab in navigation.tabs(asked, CLIENT, "plan")] == ["", "true"]
