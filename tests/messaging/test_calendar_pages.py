"""The calendar's pages for the desk, for therapists and for clients (practice screen 13, portal screens 2 and 13)."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careplan.access.classes import DataClass
from clients.models import ConsentKind
from messaging.models import Agenda, Session
from tests.messaging.calendar import LONDON, Desk, next_week
from tests.signed_in import browser, portal_browser


def test_the_desk_books_moves_and_cancels_on_its_pages(desk: Desk, world) -> None:
    """APPT-1, ACC-12: with every error said and nothing lost."""
    sol = browser(world["sol"])
    at = next_week(2, 11)
    said = {
        "client": str(world["roz"]),
        "clinician": str(world["imani"]),
        "on": at.date().isoformat(),
        "at": "11:00",
        "minutes": "50",
        "modality": "video",
        "link": "https://video.example.test/room",
        "repeat": "1",
        "times": "2",
    }
    wrong = sol.post(reverse("messaging:book"), {**said, "link": "http://x"})
    assert wrong.status_code == 422
    assert "begins with https" in wrong.text
    assert sol.post(reverse("messaging:book"), said).status_code == 303
    taken = sol.post(reverse("messaging:book"), {**said, "client": str(world["hollis"])})
    assert (taken.status_code, "That time is taken" in taken.text) == (422, True)
    with desk.works("sol"):
        first, _second = Session.objects.order_by("starts_at")
    url = reverse("messaging:session", kwargs={"session_id": first.id})
    moved = {**said, "verb": "move", "at": "12:00"}
    assert sol.post(url, moved).status_code == 303
    assert "too close" not in sol.get(url).text
    assert sol.post(url, {"verb": "cancel_client"}).status_code == 303
    assert "By the client" in sol.get(url).text
    assert sol.post(url, {"verb": "keep"}).status_code == 422
    for view in ("week", "day", "list"):
        page = sol.get(reverse("messaging:calendar"), {"view": view, "on": at.date().isoformat()})
        assert (page.status_code, "Roz" in page.text) == (200, True), view


def test_a_therapist_sees_their_own_calendar_and_today(desk: Desk, world) -> None:
    desk.book(at=next_week(1, 9))
    desk.book(client="tomek", clinician="wren", at=next_week(1, 9))
    page = browser(world["imani"]).get(reverse("messaging:calendar"), {"on": next_week().date().isoformat()}).text
    assert ("Roz" in page, "Tomek" in page) == (True, False)
    assert "Today’s sessions" in browser(world["imani"]).get(reverse("clients:today")).text


def test_a_client_asks_moves_cancels_and_says_what_to_talk_about(desk: Desk, world) -> None:
    """Portal screen 13: with no reason asked."""
    roz = portal_browser(world["roz_person"])
    page = reverse("my_messages:appointments")
    assert roz.post(page, {}).status_code == 422
    choice = roz.get(page).context["there"].free[0].isoformat()
    assert roz.post(page, {"slot": choice}).status_code == 303
    assert "You asked for this time" in roz.get(page).text
    desk.says_yes(ConsentKind.PORTAL_MESSAGES)
    assert roz.post(page, {"slot": "none", "words": "Evenings, please"}).status_code == 303
    booked = desk.book(at=next_week(5, 9))
    one = reverse("my_messages:appointment", kwargs={"session_id": booked})
    assert roz.post(one, {"agenda": "My sister"}).status_code == 303
    assert "My sister" in roz.get(one).text
    slot = roz.get(one).context["there"].free[-1].isoformat()
    moved = roz.post(reverse("my_messages:move_appointment", kwargs={"session_id": booked}), {"slot": slot})
    assert moved.status_code == 303
    assert "Your next appointment" in roz.get(reverse("my:home")).text
    assert roz.post(reverse("my_messages:cancel_appointment", kwargs={"session_id": booked})).status_code == 303
    assert "You cancelled" in roz.get(page).text
    with desk.acts("imani", classes={DataClass.MESSAGE}):
        assert Agenda.objects.get().words == "My sister"


def test_pages_ask_no_more_with_more_to_show(desk: Desk, world) -> None:
    """Bars: statements do not grow with the calendar, and stay within fifteen of the page’s own."""
    sol, roz = browser(world["sol"]), portal_browser(world["roz_person"])
    desk.book(at=next_week(1, 9))
    calendar = f"{reverse('messaging:calendar')}?on={next_week().date()}"

    def counts():
        found = []
        for client, url in ((sol, calendar), (roz, reverse("my_messages:appointments"))):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            found.append(len(asked))
        return found

    before = counts()
    for hour in (10, 11, 13):
        desk.book(at=next_week(2, hour).astimezone(LONDON))
    assert counts() == before
