"""Licences of staff: added by their holder, checked by who keeps them, told before they end (SUP-1, REM-2, PLAN-5)."""

from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from careplan.accounts.licence_model import Licence
from careplan.accounts.licences import NewLicence, add_licence, end_licence, holders_of, licences, verify_licence
from careplan.errors import NotYours, Refused
from plans.content import DoerContent, InterventionContent
from plans.kinds import Doer
from tests.plans.room import room_of
from tests.plans_pages.desk import desk_of, text_of
from tests.signed_in import browser
from tests.world import actor


def licence(world, days=None, who="wren", kind="EMDR"):
    last = timezone.localdate() + timedelta(days=days) if days is not None else None
    return add_licence(person_id=world[who], new=NewLicence(kind, "AB 12", "UK", last), by=actor(world, who))


def test_a_holder_adds_their_own_and_a_manager_checks_it(world):
    sent = {"person": world["wren"], "kind": "EMDR", "number": "AB 12", "jurisdiction": "UK", "expires_on": ""}
    assert browser(world["wren"]).post("/practice/licences/", sent).status_code == 303
    row = Licence.objects.get(person_id=world["wren"])
    assert browser(world["wren"]).post(f"/practice/licences/{row.id}/checked/").status_code == 404
    assert browser(world["petra"]).post(f"/practice/licences/{row.id}/checked/").status_code == 303
    page = text_of(browser(world["wren"]).get("/practice/licences/"))
    assert "Petra Vance" in page
    assert holders_of(["emdr"], [world["wren"]]) == {"emdr": {world["wren"]}}


def test_nobody_adds_ends_or_sees_a_colleagues(world):
    licence_id = licence(world)
    with pytest.raises(NotYours):
        add_licence(person_id=world["imani"], new=NewLicence("A", "1", "UK"), by=actor(world, "wren"))
    for stranger in ("imani", "odile"):
        with pytest.raises(NotYours):
            end_licence(licence_id=licence_id, by=actor(world, stranger))
        with pytest.raises(NotYours):
            verify_licence(licence_id=licence_id, by=actor(world, stranger))
        assert licences(actor(world, stranger), everybody=False) == []
    with pytest.raises(Refused, match="a type, a number"):
        add_licence(person_id=world["wren"], new=NewLicence("EMDR", " ", "UK"), by=actor(world, "wren"))


@pytest.mark.committed
def test_what_a_licence_says_is_never_edited(world, app):
    licence(world)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("update careplan_licence set number = 'forged'")


@pytest.mark.parametrize(("days", "said"), [(91, ""), (90, "ends in 90 days"), (-1, "has ended")])
def test_today_tells_the_holder_and_the_manager_before_it_ends(world, days, said):
    """REM-2: from 90 days on; nobody else is told."""
    licence(world, days)
    told = {who: text_of(browser(world[who]).get("/practice/")) for who in ("wren", "petra", "imani", "sol")}
    assert (f"Your licence {said}" in told["wren"]) == bool(said)
    assert (f"Wren Adeyemi-Holt’s licence {said}" in told["petra"]) == bool(said)
    assert "licence ends" not in told["imani"] + told["sol"]


def test_work_that_needs_a_qualification_nobody_checked_warns_and_goes_on(world):
    """PLAN-5: visible on desk and sheet, no block; gone once its doer holds it, back when it has run out."""
    room = room_of(world, "tomek", "wren")
    needs = InterventionContent("Eye movement work", DoerContent(Doer.THERAPIST), qualification="emdr")
    line = room.propose(needs, room.therapist)
    room.answer(line, "yes", room.client)
    assert room.standing(line).in_force_id
    desk, warning = desk_of(room), "has no checked licence of that name"
    assert warning in text_of(desk.item(line))
    assert warning in text_of(desk.client.post(desk.url("sheet_open"), follow=True))
    licence_id = licence(world, days=10)
    assert warning in text_of(desk.item(line))  # not checked yet
    verify_licence(licence_id=licence_id, by=actor(world, "petra"))
    assert warning not in text_of(desk.item(line))
    end_licence(licence_id=licence_id, by=actor(world, "wren"))
    verify_licence(licence_id=licence(world, days=-1), by=actor(world, "petra"))
    assert warning in text_of(desk.item(line))
