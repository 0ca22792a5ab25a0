"""What scripts add: drafts kept while typing, and a word before the session ends (UI-3, UI-5)."""

import pytest
from django.utils import timezone

from tests.journeys.browser import PHONE, at_browser
from tests.ui import urls

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.ui.urls")]


def test_what_is_typed_is_kept_and_said(live_url):
    urls.kept.clear()
    with at_browser(live_url) as person:
        person.open("/made-up/draft/")
        person.type("Words", "Just a bus.")
        person.page.locator("[data-draft-said]").filter(has_text="Saved").wait_for()
        assert urls.kept == ["Just a bus."]
        assert person.actions == 0


def test_the_end_of_the_session_is_announced_in_time(live_url, settings):
    settings.SESSION_IDLE_SECONDS = 6
    with at_browser(live_url) as person:
        person.open("/made-up/draft/")
        begun = timezone.now()
        person.page.get_by_role("button", name="Stay signed in").wait_for()
        assert (timezone.now() - begun).total_seconds() < 6
        person.look("session-end")
        person.page.get_by_role("button", name="Sign in").wait_for()
        assert "You have been signed out" in person.page.get_by_role("alert").inner_text()


def test_staying_takes_one_action_and_the_warning_goes(live_url, settings):
    settings.SESSION_IDLE_SECONDS = 9
    with at_browser(live_url) as person:
        person.sign_in("wren")
        person.count_from_here()
        person.open("/made-up/draft/")
        person.click("button", "Stay signed in")
        person.page.get_by_role("alert").wait_for(state="detached")
        assert person.actions == 1


def test_without_scripts_the_page_still_works(live_url):
    with at_browser(live_url, scripted=False) as person:
        person.open("/made-up/draft/")
        person.type("Words", "Just a bus.")
        assert person.page.get_by_label("Words").input_value() == "Just a bus."


@pytest.mark.parametrize("scripted", [True, False])
def test_the_menu_opens_on_a_phone(live_url, scripted):
    """The shell's menu is a link to itself: it needs no script (UI-3)."""
    with at_browser(live_url, PHONE, scripted=scripted) as person:
        person.sign_in("wren")
        person.open("/made-up/desk/")
        assert not person.page.get_by_role("button", name="Sign out").is_visible()
        person.click("link", "Menu")
        assert person.page.get_by_role("button", name="Sign out").is_visible()
        if scripted:
            person.look("menu")
        person.click("link", "Close menu")
        assert not person.page.get_by_role("button", name="Sign out").is_visible()
