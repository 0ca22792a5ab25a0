"""The pages anybody can reach, in a real browser: readable, reachable, refused by no policy (UI-2, UI-3, AUTH-3)."""

import pytest

from tests.journeys.browser import DESK, LIGHT, LOOKS, PHONE, SMALL, a_browser, at_browser, device

pytestmark = pytest.mark.journey

PAGES = {
    "help": "/help-now/?country=GB-ENG",
    "sign-in": "/practice/sign-in/",
    "not-here": "/nowhere/",
    "left": "/left/",
}


def test_everybody_can_read_them(live_url):
    with a_browser() as browser:
        for screen, scheme in [*LOOKS, (SMALL, LIGHT)]:
            with device(browser, live_url, screen, scheme) as person:
                for name, path in PAGES.items():
                    person.open(path)
                    person.look(name)


def test_the_checks_would_notice(live_url):
    """A page that breaks a rule is told apart from one that doesn't."""
    with pytest.raises(AssertionError, match="refused something by policy"):
        break_rules(live_url)


def break_rules(url):
    with at_browser(url) as person:
        person.open("/left/")
        assert person.faults() == []
        person.page.evaluate("document.querySelector('main').append(document.createElement('input'))")
        assert [fault.split(":")[0] for fault in person.faults()] == ["label"]
        person.page.evaluate("document.querySelector('h1').style.width = '3000px'")
        assert person.sideways()
        person.page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")
        person.page.wait_for_timeout(200)


def test_help_can_be_found_without_scripts_and_without_signing_in(live_url):
    with at_browser(live_url, PHONE, scripted=False) as person:
        person.open("/practice/sign-in/")
        person.click("link", "Need help now")
        person.choose("A child")
        person.select("Where I am", "England")
        person.click("button", "Show")
        assert person.page.get_by_role("link", name="Call 0800 1111").is_visible()
        assert person.actions == 4
        person.look("help-no-scripts")


def test_leaving_quickly_ends_on_a_page_that_says_nothing(live_url):
    """UI-8."""
    with at_browser(live_url, DESK) as person:
        person.open("/help-now/")
        person.click("button", "Leave quickly")
        person.page.wait_for_url("**/left/")
        assert person.page.title() == "New page"
        assert "Careplan" not in person.page.content().split("</head>")[1]


def test_a_wrong_password_is_said_where_one_looks(live_url):
    """UI-5: the summary takes focus, the title says it, and nothing but the password has to be typed again."""
    with at_browser(live_url) as person:
        person.open("/practice/sign-in/")
        person.type("Work e-mail", "nobody@example.test")
        person.type("Password", "not the one")
        person.press("Enter")
        person.page.wait_for_selector("[data-error-summary]")
        assert person.page.title().startswith("Error: ")
        assert person.page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
        assert person.page.get_by_label("Work e-mail").input_value() == "nobody@example.test"
        person.look("sign-in-error")


def test_staff_can_sign_in_at_two_devices(live_url):
    with a_browser() as browser:
        for screen in (DESK, PHONE):
            with device(browser, live_url, screen) as person:
                person.sign_in("wren")
                assert person.actions == 2
