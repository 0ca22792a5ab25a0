"""A therapist goes to a session that took place, writes its note and signs it; the client reads it (issue 4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from clients.models import ConsentKind
from messaging.models import Session
from plans.services.items import propose_item, start_plan
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, SMALL, a_browser, device
from tests.messaging.calendar import LONDON, Desk, next_week
from tests.plans.room import goal

pytestmark = pytest.mark.journey
MOST_ACTIONS = 8
HAPPENED = "Rode the 14 two stops. Came back on foot, and said so with some pride."


@pytest.fixture
def desk(world) -> Desk:
    """Roz has a goal; her session of an hour ago has just ended, and one is booked for next week."""
    there = Desk(world)
    there.says_yes(ConsentKind.TREATMENT)
    with there.acts("imani") as by:
        plan = start_plan(client_id=world["roz"], by=by)
    with there.acts("roz") as by:
        propose_item(plan_id=plan.id, content=goal(), by=by)
    there.session_id = there.book(at=datetime.now(LONDON).replace(second=0, microsecond=0) - timedelta(minutes=60))
    there.book(at=next_week(2))
    return there


def writes_and_signs(imani) -> int:
    """From the first page after signing in to the locked note; how many actions that took."""
    before = imani.actions
    imani.click("link", "Calendar")
    imani.click("link", "Roz", within=imani.page.locator("main"), exact=False)
    imani.click("link", "Note")
    imani.choose("Ride the 14", role="checkbox")
    imani.type("What happened", HAPPENED)
    imani.type("Next", "Three stops, with Jess.")
    imani.look("session-note")
    imani.click("button", "Sign and lock")
    assert "Signed and locked." in imani.text()
    return imani.actions - before


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no-scripts"])
def test_a_note_is_written_and_signed_in_few_actions(live_url, desk, scripted):
    """APPT-4, UI-12: at most eight besides typing, the way there included; it keeps the session, and she reads it."""
    with a_browser() as browser:
        with device(browser, live_url, DESK, scripted=scripted) as imani:
            imani.sign_in("imani")
            actions = writes_and_signs(imani)
            imani.look("session-note-signed")
        assert actions <= MOST_ACTIONS
        with device(browser, live_url, PHONE, scripted=scripted) as roz:
            roz.come_in()
            roz.open(reverse("my_messages:appointment", kwargs={"session_id": desk.session_id}))
            assert HAPPENED in roz.text()
            roz.look("my-appointment-note")
    with desk.works("imani"):
        assert Session.objects.get(id=desk.session_id).state == "kept"


def test_calendar_and_notes_in_every_look(live_url, desk):
    """UI-3: 0 axe, 0 policy violations, no sideways scroll, wide and narrow, and at 320 px."""
    session = {"session_id": desk.session_id}
    record = {"client_id": desk.world["roz"]}
    coming = next(row for row in _booked(desk) if row.id != desk.session_id)
    practice = {
        "calendar": reverse("messaging:calendar"),
        "calendar-book": reverse("messaging:book"),
        "calendar-hold": reverse("messaging:hold"),
        "calendar-session": reverse("messaging:session", kwargs=session),
        "sessions": reverse("messaging:sessions", kwargs=record),
        "note": reverse("messaging:note", kwargs=record | session),
        "note-lines": reverse("messaging:session_lines", kwargs=record | session),
        "reminders": reverse("messaging:reminders", kwargs=record),
    }
    portal = {
        "my-appointments": reverse("my_messages:appointments"),
        "my-appointment": reverse("my_messages:appointment", kwargs={"session_id": coming.id}),
        "my-reminders": reverse("my_messages:reminders"),
    }
    with a_browser() as browser:
        for screen, scheme in [(DESK, DARK), (SMALL, LIGHT)]:
            for comes, pages in (
                (lambda person: person.sign_in("imani"), practice),
                (lambda person: person.come_in(), portal),
            ):
                with device(browser, live_url, screen, scheme) as person:
                    comes(person)
                    for name, path in pages.items():
                        person.open(path)
                        person.look(name)
                    if "calendar" in pages:
                        person.open("/demo/outbox/")
                        person.look("outbox")


def _booked(desk: Desk) -> list[Session]:
    with desk.works("imani"):
        return list(Session.objects.filter(client_id=desk.world["roz"]))
