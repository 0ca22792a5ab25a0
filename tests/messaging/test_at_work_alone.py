"""Whose times somebody sees: staff's at work, a client when one is taken, and nobody's on a call (APPT-1, PLAN-16)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from careplan.access.actor import Actor, client_actor, on_call_actor
from careplan.access.calls import keep_call, make_call_code, try_call_code
from careplan.access.classes import DataClass
from careplan.access.seam import acting, open_records
from messaging.models import Reminder, Session, Slot
from messaging.services.sessions import When, hold_time
from plans.models import Absence
from plans.services.away import say_away
from plans.services.items import start_plan
from plans.services.sheets import open_sheet
from tests.messaging.calendar import LONDON, Desk, next_week

NOBODY = pytest.raises(ProgrammingError)


def asked(function: str, *about: object) -> list[tuple]:
    marks = ", ".join(["%s"] * len(about))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"select * from guard.{function}({marks})", about)
        return cursor.fetchall()


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Imani holds an hour for a matter of her own, and is away for a day."""
    with desk.works("imani") as by:
        when = When(next_week(2).date(), time(10), 60)
        hold_time(clinician_id=desk.world["imani"], when=when, held_for="Own supervision", zone=LONDON, by=by)
        day = datetime.now(LONDON).date() + timedelta(days=9)
        say_away(first=day, last=day, cover_id=None, by=by)
    return desk


def test_a_client_is_told_that_a_time_is_taken_and_nothing_else(busy: Desk) -> None:
    """APPT-1: not why, not with whom, not who is away; not by raw SQL either, whatever practice they name."""
    roz = client_actor(person_id=busy.world["roz_person"], practice_id=busy.world["linden"])
    until = next_week(2) + timedelta(days=1)
    with acting(roz):
        assert not Slot.objects.exists()
        assert not Absence.objects.exists()
        taken = asked("times_taken", busy.world["roz"], busy.world["imani"], next_week(1), until)
        assert taken == [(next_week(2), next_week(2) + timedelta(hours=1))]
        for client, clinician in (("roz", "wren"), ("tomek", "wren"), ("hollis", "imani")):
            with NOBODY:
                asked("times_taken", busy.world[client], busy.world[clinician], next_week(1), until)
    with busy.works("nadia"):
        assert Slot.objects.get().held_for == "Own supervision"
        assert Absence.objects.count() == 1


@pytest.fixture
def call(busy: Desk) -> Actor:
    """Tomek on a call, on Wren's strength, with the plan opened as the page of the sheet opens it."""
    wren, tomek = busy.actor("wren"), busy.world["tomek"]
    with busy.acts("wren", "tomek"):
        plan = start_plan(client_id=tomek, by=wren)
        sheet = open_sheet(plan_id=plan.id, kind="first_plan", how="phone_or_video", by=wren)
        code = make_call_code(client_id=tomek, object_id=sheet.id)
    code_id = try_call_code(code=code, holder="device")
    assert code_id
    assert keep_call(code_id=code_id, holder="device")
    by = on_call_actor(made_by=busy.world["wren"], practice_id=busy.world["linden"])
    assert open_records(by, clients=[tomek], classes=[DataClass.PLAN], via="test")
    return by


def test_a_call_reaches_no_calendar(busy: Desk, call: Actor) -> None:
    """PLAN-16: that sheet only: no session, no reminder, no time, read or written, though Wren herself may."""
    tomek, wren = busy.world["tomek"], busy.world["wren"]
    session_id = busy.book("wren", "tomek", clinician="wren")
    kept = busy.kept("tomek", "wren")
    starts, ends = next_week(3), next_week(3) + timedelta(minutes=50)
    with busy.works("wren"):
        assert Session.objects.filter(client_id=tomek).count() == 2
    with acting(call):
        assert not Session.objects.exists()
        assert not Reminder.objects.exists()
        assert not Slot.objects.exists()
        assert not Absence.objects.exists()
        assert asked("calendar_hand", tomek) == [(None,)]
        for function, about in (
            ("session_book", (uuid4(), tomek, wren, starts, ends, "in_person", "", "", None)),
            ("session_cancel", (session_id, "practice")),
            ("session_settle", (kept, "did_not_attend")),
            ("session_move", (session_id, wren, starts, ends, "in_person", "", "")),
            ("slot_hold", (uuid4(), wren, starts, ends, "Lunch")),
            ("times_taken", (tomek, wren, starts, ends)),
        ):
            with NOBODY:
                asked(function, *about)
        with NOBODY, transaction.atomic():
            say_away(first=starts.date(), last=starts.date(), cover_id=None, by=call)


def test_a_call_opens_nothing_beside_its_sheet(busy: Desk, call: Actor) -> None:
    """PLAN-16, ACC-5: not with the same ticket under the therapist's own purpose, nor the other way round."""
    about = [busy.world["wren"], busy.world["linden"], [busy.world["tomek"]], "care", ["note"], "test", uuid4()]
    with NOBODY:
        asked("open_records", call.ticket, *about)
    with busy.acts("wren", "tomek") as wren, NOBODY:
        asked("open_records", wren.ticket, *about[:3], "call", ["plan"], *about[5:])
