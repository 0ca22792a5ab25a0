"""Download everything: whatever is agreed, signed or shown, the client takes it along (Promise 8, portal screen 20)."""

from __future__ import annotations

import json
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.ledger.history import openings_of
from clients.models import BigSteps, Hidden, How, Part, Shows
from clients.services.quiet import QuietWish, set_quiet, tuck_away
from plans.bundle.verify import verify
from plans.models import VersionNumber
from plans.services.items import move_plan
from tests.plans.room import Room, room_of
from tests.signed_in import RECORDS, portal_browser

PAGE, READ, FILE, DATA = "/my/everything/", "/my/everything/read/", "/my/everything/file/", "/my/everything/data/"
PROOF, PROOF_FILE = "/my/plan/proof/", "/my/plan/proof/file/"
LEDGER = {DataClass.LEDGER, DataClass.IDENTITY}
SAID = How.SAID_IN_SESSION


@pytest.fixture
def roz(world) -> Room:
    """Roz, whose goal is agreed and whose therapist's idea she declined."""
    room = room_of(world, "roz", "imani")
    room.agreed_goal()
    declined = room.agreed_intervention("Breathing exercises")
    room.answer(declined, "no", room.client, words="Tried it. Not for me.")
    return room


def quietly(room: Room, **wish) -> None:
    with opened(room.therapist, clients=[room.client_id], classes={DataClass.SAFETY}, via="test"):
        set_quiet(client_id=room.client_id, wish=QuietWish(**wish), how=SAID, by=room.therapist)


def words(answer) -> str:
    return answer.content.decode()


def test_every_copy_holds_what_was_agreed_and_what_was_not(roz: Room, world) -> None:
    browser = portal_browser(world["roz_person"])
    assert browser.get(PAGE).status_code == 200
    for address in (READ, FILE, DATA):
        copy = browser.get(address)
        assert copy.status_code == 200
        for said in (
            "Ride the 14 to work like it’s just a bus.",
            "Breathing exercises",
            "Tried it. Not for me.",
            "Roz",
        ):
            assert said in words(copy) or escape(said) in words(copy), (address, said)
    assert "<style" not in words(browser.get(FILE))
    assert "Given by</dt><dd><p>You" in words(browser.get(READ))


def test_the_names_of_files_say_nothing(roz: Room, world) -> None:
    """UI-8: neither who it is about nor what it is."""
    browser = portal_browser(world["roz_person"])
    for address in (FILE, DATA):
        name = browser.get(address)["Content-Disposition"]
        assert name.startswith('attachment; filename="my-pages-20')
    tables = {name for section in json.loads(browser.get(DATA).content)["sections"] for name in section["tables"]}
    assert {"plans_answer", "clients_client", "clients_consent", "messaging_message"} <= tables


def test_the_proof_numbers_the_version_and_checks(roz: Room, world) -> None:
    """PLAN-8, PLAN-12: from one button; the file is whole."""
    browser = portal_browser(world["roz_person"])
    assert PROOF in words(browser.get(PAGE))
    assert browser.post(PROOF)["Location"] == PROOF_FILE
    file = browser.get(PROOF_FILE)
    assert verify(file.content).broken == ""
    with roz.acts(roz.client):
        assert [row.why for row in VersionNumber.objects.all()] == ["exported"]


def test_it_works_when_the_plan_has_ended(roz: Room, world) -> None:
    """Promise 8: closed, unsigned, unpaid: no state stands before the copy."""
    with roz.acts(roz.therapist):
        move_plan(plan_id=roz.plan_id, verb="end_early", by=roz.therapist)
    browser = portal_browser(world["roz_person"])
    assert "Ended early" in words(browser.get(READ))
    assert browser.post(PROOF).status_code == 303
    assert verify(browser.get(PROOF_FILE).content).whole


def test_the_password_is_asked_for_again_and_nothing_is_opened_before(roz: Room, world) -> None:
    """AUTH-2: before an export; after five minutes every copy leads over the page that asks."""
    browser = portal_browser(world["roz_person"])
    session = browser.session
    session[RECORDS] = [{**step, "at": time.time() - 301} for step in session[RECORDS]]
    session.save()
    for address in (PAGE, READ, FILE, DATA, PROOF_FILE):
        assert browser.get(address)["Location"].startswith("/my/confirm/"), address
    assert browser.post(PROOF)["Location"].startswith("/my/confirm/")
    assert exports_of(roz) == []


def exports_of(room: Room) -> list[str]:
    with opened(room.client, clients=[room.client_id], classes=LEDGER, via="test"):
        return [line.via for line in openings_of(room.client_id) if line.purpose == "export" and line.granted]


def test_each_copy_is_a_line_of_its_own_that_is_the_clients_alone(roz: Room, world) -> None:
    """ACC-2, AUD-3: an export is written down as one; when somebody takes a copy is nobody else's to know."""
    browser = portal_browser(world["roz_person"])
    browser.get(READ)
    browser.get(DATA)
    assert exports_of(roz) == ["page:my:everything_data", "page:my:everything_read"]
    with opened(roz.therapist, clients=[roz.client_id], classes=LEDGER, via="test"):
        assert "export" not in {line.purpose for line in openings_of(roz.client_id)}


def test_a_copy_shows_no_more_than_a_quiet_portal(roz: Room, world) -> None:
    """SAFE-7: what is put away is in no copy, and no gap says so."""
    line = roz.agreed_goal("Sleep in my own bed")
    by = roz.client
    with opened(by, clients=[roz.client_id], classes={DataClass.SAFETY, DataClass.IDENTITY}, via="test"):
        key = str(line.item_id)
        tuck_away(client_id=roz.client_id, kind=Hidden.ITEM, key=key, how=How.OWN_HAND_PORTAL, by=by)
    browser = portal_browser(world["roz_person"])
    assert PROOF not in words(browser.get(PAGE))
    assert (browser.post(PROOF).status_code, browser.get(PROOF_FILE).status_code) == (422, 422)
    for address in (READ, FILE, DATA):
        copy = words(browser.get(address))
        assert "just a bus" in copy
        assert "own bed" not in copy
        assert key not in copy
    quietly(roz, shows=Shows.CHOSEN, parts=[Part.INFORMATION])
    assert "just a bus" not in words(browser.get(DATA))
    quietly(roz, shows=Shows.APPOINTMENTS)
    assert browser.get(DATA).status_code == 404


def test_big_steps_kept_for_in_person_are_not_taken_here(roz: Room, world) -> None:
    quietly(roz, shows=Shows.EVERYTHING, big_steps=BigSteps.WITH_US)
    browser = portal_browser(world["roz_person"])
    for address in (PAGE, READ, FILE, DATA, PROOF_FILE):
        assert browser.get(address).status_code == 422, address


def test_a_copy_asks_no_more_the_more_there_is(roz: Room, world) -> None:
    """One question for each table, not one for each line of the plan."""
    browser = portal_browser(world["roz_person"])

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            browser.get(DATA)
        return len(questions)

    asked()
    before = asked()
    for number in range(5):
        roz.agreed_goal(f"Goal {number}")
    assert asked() == before
