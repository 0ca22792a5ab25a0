"""A client's own hand on a phone: five answers, a goal, a change, a pause, a stop and a way back (issue 3, UI-12)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plans.services.asks import send_ask
from plans.services.sheets import SheetWriting
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, SMALL, a_browser, at_browser, device
from tests.plans.room import Room, homework, room_of, therapy

pytestmark = pytest.mark.journey

LINES = (
    "Sleep worksheet, nightly",
    "Write down tomorrow before bed",
    "Ride two stops with Jess",
    "A walk at lunch",
    "Phone out of the bedroom",
)
LOOKS = ((DESK, LIGHT), (DESK, DARK), (PHONE, DARK), (SMALL, LIGHT))


@pytest.fixture
def roz(world) -> Room:
    """Five suggestions are with Roz, one line of hers is agreed and one of hers waits for Imani."""
    room = room_of(world, "roz", "imani")
    offered = room.write(room.sheet(), *[SheetWriting(homework(words)) for words in LINES])
    room.agreed_goal()
    room.propose(therapy("Meet in person some weeks"), room.client)
    with room.acts(room.therapist):
        send_ask(plan_id=room.plan_id, revision_ids=[each.id for each in offered], by=room.therapist)
    return room


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no-scripts"])
def test_roz_answers_five_adds_a_goal_changes_pauses_and_stops(roz: Room, live_url, scripted: bool) -> None:
    """PLAN-1, PLAN-14, PLAN-17; UI-12: five answers in at most eight taps, and one press for each way out."""
    with at_browser(live_url, PHONE, LIGHT, scripted=scripted) as person:
        person.come_in("roz")
        person.open("/my/")
        person.look("my-home")
        person.count_from_here()
        person.click("link", "5 suggestions to answer", exact=False)
        person.look("my-waiting")
        person.click("button", "All on one page")
        for words, choice in zip(LINES, ("Yes", "Yes", "Not now", "No thanks", "Yes"), strict=True):
            person.answer(choice, to=person.page.locator("article").filter(has_text=words))
        person.look("my-together")
        person.click("button", "Save my answers")
        assert person.actions <= 8
        assert "5 lines are answered" in person.text()
        person.look("my-plan")

        person.click("link", "Add a goal of my own")
        person.type("My goal, in my words", "Tell my manager what I need without crying.")
        person.look("my-goal")
        person.click("button", "Add it")
        assert "It is in your plan, in your words." in person.text()

        card = person.page.locator("article").filter(has_text="Tell my manager")
        person.click("link", "Suggest a change", within=card, exact=False)
        person.type("My goal, in my words", "Tell my manager what I need.")
        person.click("button", "Save my words")
        assert "Your new words are in your plan." in person.text()

        card = person.page.locator("article").filter(has_text="Tell my manager")
        person.click("link", "Talk about this", within=card, exact=False)
        person.type("My words", "Can we practise this one?")
        person.click("button", "Send")
        person.look("my-talk")

        person.open(reverse("my_plan:rest"))
        person.choose("Everything")
        person.click("button", "Pause from today")
        assert "Everything rests" in person.text()
        person.look("my-paused")
        person.click("button", "Go on")
        person.count_from_here()
        person.click("button", "Stop from today")
        assert person.actions == 1
        assert "Your record stays yours to read and download." in person.text()
        person.look("my-stopped")
        person.click("button", "I’d like to come back")
        assert "Good to have you back" in person.text()


def test_every_page_of_her_plan_in_every_look(roz: Room, live_url) -> None:
    """UI-3: no axe finding, no policy violation, no sideways scroll; light and dark, wide, narrow and at 320 px."""
    agreed = roz.propose(therapy("Weekly by video, 12 sessions"), roz.client)
    roz.answer(agreed, "yes", roz.therapist)
    changed = roz.reword(agreed, therapy("Weekly by video, 20 sessions"), roz.therapist, why="You asked for more.")
    off = roz.propose(therapy("Group for panic"), roz.client)
    roz.answer(off, "not_now", roz.client)
    item = {"item_id": changed.item_id}
    pages = [reverse(f"my_plan:{name}") for name in ("plan", "together", "add", "pace", "history", "off_table", "rest")]
    pages += [reverse(f"my_plan:{name}", kwargs=item) for name in ("answer", "change", "talk", "rest_item")]
    with a_browser() as browser:
        for screen, scheme in LOOKS:
            with device(browser, live_url, screen, scheme) as person:
                person.come_in("roz")
                for path in ["/my/", *pages]:
                    person.open(path)
                    person.look(path.strip("/").replace("/", "-")[:40])


def test_the_practices_side_in_both_lights(roz: Room, live_url) -> None:
    """Screens 4 and 6: asking, the inbox, days away and the conversation."""
    client = {"client_id": roz.client_id}
    pages = {
        "desk-conversation": reverse("plans:plan", kwargs=client),
        "desk-ask": reverse("plans:ask", kwargs=client),
        "inbox": reverse("plans:proposals"),
        "away": reverse("plans:away"),
    }
    with a_browser() as browser:
        for screen, scheme in ((DESK, LIGHT), (PHONE, DARK)):
            with device(browser, live_url, screen, scheme) as person:
                person.sign_in("imani")
                for name, path in pages.items():
                    person.open(path)
                    person.look(name)
