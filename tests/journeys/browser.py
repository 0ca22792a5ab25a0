"""A person at a real browser: what they do is counted, what they see is checked.

    with at_browser(live_url, DESK, DARK) as person:
        person.sign_in("wren")
        person.click("link", "Tomek")
        person.look("record")

An action is a click, a choice, a tick or a submit by key; typing and opening an address are none (UI-12). `look`
runs axe on the page, best practice and target size included, refuses sideways scrolling and keeps a picture when
CAREPLAN_SHOTS names a folder. Leaving the block fails when the browser refused anything by policy on the way.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, sync_playwright

from tests import database, world
from tests.conftest import chromium
from tests.signed_in import browser as signed_in_browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000
PERIOD = 30
AXE = {"rules": {"target-size": {"enabled": True}}}
REFUSALS = ("content security policy", "refused to", "violates the following")
REPORT = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`))"""

CRAMPED = """() => {
  if (!document.body.matches(".portal")) return [];
  const pressed = document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])");
  const box = (each) => {
    const label = each.matches("[type=radio], [type=checkbox]") && (each.closest("label, .answer") || each.labels[0]);
    return (label || each).getBoundingClientRect();
  };
  return [...pressed]
    .filter((each) => each.checkVisibility() && !each.closest(".visually-hidden, .skip"))
    .filter((each) => !(each.matches("a") && getComputedStyle(each).display === "inline"))
    .filter((each) => box(each).height < 43.5 || box(each).width < 23.5)
    .map((each) => `${each.outerHTML.slice(0, 120)} ${Math.round(box(each).width)} by ${Math.round(box(each).height)}`);
}"""


@dataclass(frozen=True)
class Screen:
    """How wide the window is."""

    name: str
    width: int
    height: int


DESK = Screen("desk", 1280, 900)
PHONE = Screen("phone", 390, 844)
SMALL = Screen("small", 320, 640)
LIGHT, DARK = "light", "dark"
LOOKS = [(screen, scheme) for screen in (DESK, PHONE) for scheme in (LIGHT, DARK)]
every_look = pytest.mark.parametrize(("screen", "scheme"), LOOKS, ids=[f"{s.name}-{c}" for s, c in LOOKS])


@dataclass
class Person:
    """Somebody at one device."""

    page: Page
    url: str
    screen: Screen
    scheme: str
    scripted: bool
    actions: int = 0
    refused: list[str] = field(default_factory=list)

    def open(self, path: str) -> Response | None:
        """Goes to an address of the program. Not an action."""
        return self.page.goto(self.url + path if path.startswith("/") else path)

    def find(self, role: str, name: str, *, within: Locator | None = None, exact: bool = True) -> Locator:
        """Something on the page by what it is (button, link, radio, checkbox, textbox …) and what it is called."""
        return (within or self.page).get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]

    def group(self, name: str, *, exact: bool = True) -> Locator:
        """A fieldset by its legend."""
        return self.find("group", name, exact=exact)

    def click(self, role: str, name: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """One action: presses or follows it."""
        self.actions += 1
        self.find(role, name, within=within, exact=exact).click()

    def choose(self, name: str, *, within: Locator | None = None, role: str = "radio") -> None:
        """One action: a choice or a tick, by its label."""
        self.actions += 1
        self.find(role, name, within=within, exact=False).check()

    def answer(self, choice: str, *, to: Locator) -> None:
        """One action: one of the four answers, as it stands on the page (“Yes” is not “Yes, with changes”)."""
        self.actions += 1
        asked = self.page.get_by_text(choice, exact=True)
        to.locator(".answer").filter(has=asked).locator("input").check()

    def select(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """One action: an option of a list."""
        self.actions += 1
        (within or self.page).get_by_label(label, exact=True).select_option(label=option)

    def press(self, key: str) -> None:
        """One action when it submits or chooses (Enter, Space); moving about by Tab and arrows is none."""
        self.actions += 1 if key in ("Enter", "Space", " ") else 0
        self.page.keyboard.press(key)

    def type(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Writes into a field. Not an action; a day is written as 2026-06-16."""
        (within or self.page).get_by_label(label, exact=True).fill(text)

    def sign_in(self, key: str) -> None:
        """Comes in as a member of the world's staff, password and six digits. Counted like everything else.

        Digits count once: whoever comes in often within a minute continues a session that is signed in already.
        """
        digits = fresh_digits(self.url, key)
        if digits:
            self._type_in(key, digits)
        else:
            self._continue_as(key)

    def _type_in(self, key: str, digits: str) -> None:
        self.open("/practice/sign-in/")
        self.type("Work e-mail", world.email(key))
        self.type("Password", world.PASSWORD)
        self.click("button", "Go on")
        self.type("Six digits from your app", digits)
        self.click("button", "Sign in")
        self.page.wait_for_url(lambda address: "/sign-in/" not in address)

    def _continue_as(self, key: str) -> None:
        name = settings.SESSION_COOKIE_NAME
        session = signed_in_browser(database.world()[key]).cookies[name].value
        self.page.context.add_cookies([{"name": name, "value": session, "url": self.url, "secure": True}])
        self.open("/practice/")

    def come_in(self, key: str = "roz") -> None:
        """Comes into their own pages as a client of the world. Counted like everything else."""
        self.open("/my/sign-in/")
        self.type("E-mail", world.email(key))
        self.type("Password", world.PASSWORD)
        self.click("button", "Sign in")
        self.page.wait_for_url(lambda address: "/sign-in/" not in address)

    def count_from_here(self) -> None:
        """Begins to count anew."""
        self.actions = 0

    def text(self) -> str:
        """What the page's main part says."""
        return self.page.locator("main").inner_text()

    def look(self, name: str) -> None:
        """Checks the page as it is now, and keeps its picture when asked to."""
        self.page.wait_for_load_state("load")
        self.keep_picture(name)
        assert self.page.title(), f"{name} has no title"
        if self.scripted:
            assert not self.sideways(), f"{name} scrolls sideways at {self.screen.width} px"
            assert not self.cramped(), f"{name} at {self.screen.name}: under 44 px: {self.cramped()}"
            faults = self.faults()
            assert not faults, f"{name} at {self.screen.name}, {self.scheme}: {faults}"
        assert self.refused == [], f"{name}: refused by policy"

    def sideways(self) -> bool:
        """Whether the page is wider than the window."""
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(self.page.evaluate(wider))

    def cramped(self) -> list[str]:
        """What a client has to press that is lower than 44 px (UI-3). A link inside a sentence is as high as that."""
        found: list[str] = self.page.evaluate(CRAMPED)
        return found

    def faults(self) -> list[str]:
        """What axe finds: rule, place and what to do."""
        found = Axe().run(self.page, options=AXE).response["violations"]
        return [_told(fault, node) for fault in found for node in fault["nodes"]]

    def keep_picture(self, name: str) -> None:
        """Keeps a picture of the whole page in the folder that CAREPLAN_SHOTS names."""
        folder = os.environ.get("CAREPLAN_SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            shot = Path(folder) / f"{name}-{self.screen.name}-{self.scheme}.png"
            self.page.screenshot(path=shot, full_page=True)

    def overheard(self, message: ConsoleMessage) -> None:
        """Notes what the browser refused by policy."""
        if any(words in message.text.lower() for words in REFUSALS):
            self.refused.append(message.text)


def _told(fault: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"


_given: dict[tuple[str, str], int] = {}


def fresh_digits(url: str, key: str) -> str:
    """Six digits that count for this person on this server: later than the last they gave, one step early is fine.

    Empty when none are left for now.
    """
    now = int(time.time()) // PERIOD
    later = [step for step in (now, now + 1) if step > _given.get((url, key), 0)]
    if not later:
        return ""
    _given[url, key] = later[0]
    return format_hotp_value(hotp_value(world.TOTP_SECRET, later[0]))


def six_digits(secret: str = world.TOTP_SECRET) -> str:
    """What somebody's app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


@contextmanager
def meanwhile() -> Iterator[None]:
    """Something that happens elsewhere while the browser waits; its connection is not the test's."""
    try:
        yield
    finally:
        connections.close_all()


@contextmanager
def a_browser() -> Iterator[Browser]:
    """One Chromium with a folder of its own. Django may be asked meanwhile: Playwright's loop only waits."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with tempfile.TemporaryDirectory(prefix="careplan-browser-") as home, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium(), args=ARGUMENTS, env={**os.environ, "HOME": home}
            )
            yield browser
            browser.close()
    finally:
        if before is None:
            os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@contextmanager
def device(
    browser: Browser, url: str, screen: Screen = DESK, scheme: str = LIGHT, *, scripted: bool = True
) -> Iterator[Person]:
    """A person at a fresh device (no cookies) of this browser; `scripted=False` is JavaScript off."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripted,
        locale="en-US",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    person = Person(page, url, screen, scheme, scripted)
    page.on("console", person.overheard)
    if scripted:
        context.add_init_script(REPORT)
    try:
        yield person
    finally:
        context.close()
    assert person.refused == [], "the browser refused something by policy"


@contextmanager
def at_browser(url: str, screen: Screen = DESK, scheme: str = LIGHT, *, scripted: bool = True) -> Iterator[Person]:
    """A person at a browser of their own."""
    with a_browser() as browser, device(browser, url, screen, scheme, scripted=scripted) as person:
        yield person
