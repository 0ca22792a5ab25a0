"""With a keyboard and nothing else: Tab, Space, arrows and Enter, and one always sees where one is (UI-3)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plans.services.asks import send_ask
from plans.services.sheets import SheetWriting
from plans.services.signing import ask_to_sign
from tests import world as people
from tests.journeys.browser import DESK, PHONE, Person, at_browser, six_digits
from tests.plans.room import Room, homework, room_of, therapy

pytestmark = pytest.mark.journey

LINES = ("Sleep worksheet, nightly", "A walk at lunch", "Phone out of the bedroom")
MOST = 120
PAGE = "the page"
IS_CALLED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return "the page";
  const label = it.labels && it.labels[0];
  return (it.getAttribute("aria-label") || (label || it).innerText || it.value || "").trim().replace(/\\s+/g, " ");
}"""
IS_MARKED = """() => {
  const it = document.activeElement;
  const around = [it, it.closest("label"), it.closest(".answer"), it.parentElement].filter(Boolean);
  return around.some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
  });
}"""


def reach(person: Person, name: str) -> None:
    """Goes there by Tab; everything on the way has a name and shows that it is where one is."""
    passed: list[str] = []
    for _ in range(MOST):
        person.press("Tab")
        called = person.page.evaluate(IS_CALLED)
        if called == PAGE:
            continue
        assert called, f"something without a name after {passed[-1:]} on {person.page.url}"
        assert person.page.evaluate(IS_MARKED), f"“{called}” doesn't show that it is in focus on {person.page.url}"
        if called.startswith(name):
            return
        passed.append(called)
    pytest.fail(f"no way to “{name}” by Tab on {person.page.url}: {passed}")


def enter(person: Person, name: str) -> None:
    """Goes there and presses Enter."""
    reach(person, name)
    with person.page.expect_navigation():
        person.press("Enter")


def write(person: Person, name: str, text: str) -> None:
    """Goes to a field and types."""
    reach(person, name)
    person.page.keyboard.type(text)


@pytest.fixture
def roz(world) -> Room:
    """Suggestions are with Roz, a version waits to be signed, and a proposal of hers is with Imani."""
    room = room_of(world, "roz", "imani")
    offered = room.write(room.sheet(), *[SheetWriting(homework(words)) for words in LINES])
    room.agreed_goal()
    room.propose(therapy("Meet in person some weeks"), room.client)
    with room.acts(room.therapist):
        send_ask(plan_id=room.plan_id, revision_ids=[each.id for each in offered], by=room.therapist)
        ask_to_sign(plan_id=room.plan_id, by=room.therapist)
    return room


def test_roz_comes_in_answers_and_signs(roz: Room, live_url) -> None:
    """UI-3: in her own pages, from the door to the receipt."""
    with at_browser(live_url, PHONE) as person:
        person.open("/my/sign-in/")
        write(person, "E-mail", people.email("roz"))
        write(person, "Password", people.PASSWORD)
        person.press("Enter")
        person.page.wait_for_url(lambda address: "/sign-in/" not in address)

        enter(person, "3 suggestions to answer")
        enter(person, "All on one page")
        for steps, said in ((0, "Yes"), (2, "Not now"), (3, "No thanks")):
            reach(person, "Yes")
            person.press("Space")
            for _ in range(steps):
                person.press("ArrowDown")
            assert person.page.evaluate(IS_CALLED).startswith(said)
        enter(person, "Save my answers")
        assert "3 lines are answered" in person.text()

        person.open("/my/")
        enter(person, "Version 1 of your plan")
        reach(person, "This is my plan")
        person.press("Space")
        write(person, "Type your name", "Roz")
        enter(person, "Save my answer")
        assert "A copy to keep" in person.text()


def test_her_therapist_comes_in_and_answers_her_proposal(roz: Room, live_url) -> None:
    """UI-3: at work, from the door past the menu to the answer."""
    with at_browser(live_url, DESK) as person:
        person.open("/practice/sign-in/")
        write(person, "Work e-mail", people.email("imani"))
        write(person, "Password", people.PASSWORD)
        enter(person, "Go on")
        write(person, "Six digits from your app", six_digits())
        enter(person, "Sign in")
        person.page.wait_for_url(lambda address: "/sign-in/" not in address)

        person.open(reverse("plans:proposals"))
        enter(person, "Skip to main content")
        enter(person, "Roz made a proposal")
        enter(person, "Meet in person some weeks")
        reach(person, "Yes")
        person.press("Space")
        enter(person, "Send to Roz")
        assert "In force" in person.text()
