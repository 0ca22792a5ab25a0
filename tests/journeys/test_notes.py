"""A held part of a note, given to the client on a real screen (APPT-4, UI-3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from messaging.services.notes import Held, Written, sign_note
from tests.journeys.browser import DARK, DESK, LIGHT, PHONE, a_browser, device
from tests.messaging.calendar import Desk

pytestmark = pytest.mark.journey


def test_what_was_held_back_is_given_and_both_sides_see_it(live_url, world):
    """Staff wide and light, the client narrow and dark; before and after."""
    desk = Desk(world)
    session_id = desk.kept()
    row, held = desk.row(session_id), Held("His brother rang.", "about_another", date.today() + timedelta(days=30))
    with desk.acts("imani") as by:
        written = Written(row.starts_at, row.ends_at, happened="We drew the ladder.", held=held)
        sign_note(client_id=world["roz"], session_id=session_id, written=written, by=by)
    theirs = reverse("my_messages:appointment", kwargs={"session_id": session_id})
    with (
        a_browser() as browser,
        device(browser, live_url, DESK, LIGHT) as imani,
        device(browser, live_url, PHONE, DARK) as roz,
    ):
        roz.come_in()
        roz.open(theirs)
        roz.look("my-note-held")
        assert "His brother" not in roz.text()
        imani.sign_in("imani")
        imani.open(reverse("messaging:note", kwargs={"client_id": world["roz"], "session_id": session_id}))
        imani.page.get_by_text("Look at it again", exact=True).first.click()
        imani.look("note-held")
        imani.click("button", "Let Roz read it")
        imani.look("note-given")
        roz.open(theirs)
        roz.look("my-note-given")
        assert "His brother rang." in roz.text()
