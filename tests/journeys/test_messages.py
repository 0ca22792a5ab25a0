"""A client and a therapist write to each other, and something is offered, at real browsers (issue 4)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.access.seam import opened
from clients.services.care import start_care
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, SMALL, a_browser, device
from tests.messaging.conftest import Talk

pytestmark = pytest.mark.journey
OFFERED = "Can you tell me why my hands go numb?"


@pytest.fixture
def talk(world) -> Talk:
    there = Talk(world, world["roz"])
    with opened(there.imani, clients=[there.client_id], classes=[DataClass.IDENTITY], via="test"):
        start_care(client_id=there.client_id, person_id=world["nadia"], role=CareRole.COVER, by=there.imani)
    there.consent_id = there.says_yes()
    there.a_goal()
    return there


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no-scripts"])
def test_they_write_and_something_is_offered_and_kept(live_url, talk, scripted):
    """MSG-1, MSG-2, MSG-4, MSG-5: both sides, on a phone and at a desk, with scripts and without."""
    with (
        a_browser() as browser,
        device(browser, live_url, PHONE, scripted=scripted) as roz,
        device(browser, live_url, DESK, scripted=scripted) as imani,
    ):
        roz.come_in()
        imani.sign_in("imani")
        roz.click("link", "Messages")
        assert "Imani reads messages on weekdays, usually within 2 days. This isn’t watched." in roz.text()
        roz.look("my-messages-empty")
        roz.type("Write to Imani", "Not finished")
        roz.click("button", "Keep as a draft")
        assert roz.page.get_by_label("Write to Imani").input_value() == "Not finished"
        roz.type("Write to Imani", OFFERED)
        roz.select("What is it about? (if you like)", "Ride the 14 to work like it’s just a bus.")
        roz.click("button", "Send")
        assert OFFERED in roz.text()
        roz.look("my-messages")

        imani.click("link", "Messages")
        imani.look("inbox")
        imani.click("link", "Roz")
        assert OFFERED in imani.text()
        imani.look("thread")
        imani.type("Write to Roz", "It is your breath. May I offer you something?")
        imani.click("button", "Send")
        assert "In her pages" in imani.text()
        imani.click("link", "What Roz was offered")
        imani.look("resources-none")
        imani.click("link", "Offer something")
        imani.click("button", "Offer")
        assert "Offer two or three" in imani.text()
        imani.look("offer-missing")
        imani.choose("What panic does", role="checkbox")
        imani.choose("When sleep", role="checkbox")
        imani.choose("Ride the 14")
        imani.type("Why you offer them", "You asked why your hands go numb.")
        imani.click("button", "Offer")
        assert "Nothing yet, and that’s fine" in imani.text()
        imani.look("resources")

        roz.open("/my/")
        roz.look("my-home")
        roz.click("link", "2 things are offered to you", exact=False)
        roz.look("my-resources")
        panic = roz.page.get_by_role("article").filter(has_text="What panic does")
        roz.click("button", "Tell me more", within=panic)
        assert "Panic is an alarm." in roz.text()
        roz.look("my-resource")
        roz.click("button", "Read, and Imani may see it")
        assert "Imani can see that" in roz.text()
        roz.click("button", "Keep")
        sleep = roz.page.get_by_role("article").filter(has_text="When sleep")
        roz.click("button", "Not for me", within=sleep)
        assert "That’s fine. It won’t come back." in roz.text()
        roz.click("link", "Add my own")
        roz.click("button", "Add it")
        roz.look("my-own-missing")
        roz.type("What is it?", "My running log")
        roz.choose("Show it to my care team", role="checkbox")
        roz.click("button", "Add it")
        roz.look("my-own")

        imani.page.reload()
        told = imani.text()
        assert "Not for me" in told
        assert "My running log" in told
        imani.look("resources-answered")


def test_every_page_in_every_look(live_url, talk):
    """UI-3: 0 axe, 0 policy violations, no sideways scroll, wide and narrow, and at 320 px."""
    talk.say(talk.roz, "Can we move Thursday?")
    talk.say(talk.imani, "Of course. Pick any, or none and we’ll skip.")
    first, second = talk.offer()
    talk.answers(second, "keep")
    record = {"client_id": talk.client_id}
    practice = {
        "thread": reverse("messaging:thread", kwargs=record),
        "resources": reverse("messaging:resources", kwargs=record),
        "offer": reverse("messaging:offer", kwargs=record),
        "inbox": reverse("messaging:inbox"),
        "hours": reverse("messaging:hours"),
        "library": reverse("messaging:library"),
        "piece": reverse("messaging:piece", kwargs={"piece": "build-your-own-ladder"}),
        "piece-print": reverse("messaging:print_piece", kwargs={"piece": "build-your-own-ladder"}),
    }
    portal = {
        "my-thread": reverse("my_messages:thread"),
        "my-resources": reverse("my_messages:resources"),
        "my-resource": reverse("my_messages:resource", kwargs={"resource_id": first.id}),
        "my-print": reverse("my_messages:resource_print", kwargs={"resource_id": first.id}),
        "my-add": reverse("my_messages:resource_add"),
    }
    with a_browser() as browser:
        for screen, scheme in [(DESK, DARK), (PHONE, DARK), (SMALL, LIGHT)]:
            for comes, pages in (
                (lambda person: person.sign_in("imani"), practice),
                (lambda person: person.come_in(), portal),
            ):
                with device(browser, live_url, screen, scheme) as person:
                    comes(person)
                    for name, path in pages.items():
                        person.open(path)
                        person.look(name)
