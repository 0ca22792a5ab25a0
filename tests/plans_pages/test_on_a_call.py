"""PLAN-16: six digits read out on a call open that sheet only, for ten minutes, on one device, with five tries."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from careplan.access.actor import on_call_actor
from careplan.access.calls import try_call_code
from careplan.access.classes import DataClass
from careplan.access.seam import open_records, opened
from plans.kinds import How
from plans.services.sheets import SheetAnswer, answer_sheet, close_sheet, open_sheet
from tests.plans_pages.room_pages import HERE, TYPED, Room, answer_name, fields_of, text_of
from tests.signed_in import browser
from tests.world import actor

pytestmark = pytest.mark.committed
CODE, SHEET, DONE = "/code/", "/code/sheet/", "/code/sheet/done/"
ELSEWHERE = ("/practice/", "/my/", "/practice/clients/", "/code/", "/practice/sign-in/")


@pytest.fixture
def room(world):
    room = Room(world)
    room.open()
    room.send({**TYPED, **HERE})
    return room


def read_out(room) -> str:
    """The digits as the therapist reads them out."""
    page = text_of(room.browser.post(room.url("sheet_code"), {"do": "make"}))
    return re.search(r"only now\. (\d{3} \d{3})", page).group(1)


def wrong_for(code: str) -> str:
    """Other digits that are meant for the same code."""
    return f"{code[:2]}{(int(code.replace(' ', '')[2:]) + 1) % 10000:04}"


class Caller(Client):
    """The client's own device, from an address of its own."""

    def __init__(self, address: str = "192.0.2.7") -> None:
        super().__init__(REMOTE_ADDR=address)

    def types(self, code: str):
        return self.post(CODE, {"code": code})

    def answers(self, typed: dict, do: str = "answer"):
        return self.post(SHEET, {**fields_of(self.get(SHEET).content.decode()), **typed, "do": do})


def ten_minutes_later(owner, minutes: int = 10) -> None:
    owner.execute("update guard.mode set clock_offset = clock_offset + %s", [timedelta(minutes=minutes, seconds=1)])


def test_the_digits_open_the_sheet_and_the_answers_say_how_they_were_given(world, room, owner):
    """PLAN-4, PLAN-16: by phone or video, recorded by the therapist who read them out; the event says on a call."""
    tomek, goal = Caller(), room.standing("goal")
    assert tomek.types(read_out(room))["Location"] == SHEET
    page = tomek.get(SHEET)
    assert "Be someone my daughter rings up." in text_of(page)
    assert "Linden" not in page.content.decode()
    assert tomek.answers({answer_name(goal): "yes"})["Location"] == SHEET
    (answer,) = [answer for answer in room.answers() if answer.recorded_by_id]
    assert (answer.how, answer.recorded_by_id) == (How.PHONE_OR_VIDEO, world["wren"])
    assert room.standing("goal").in_force_id
    told = owner.execute("select kind, hat from guard.event where client_id = %s", [world["tomek"]]).fetchall()
    assert ("item.answer_recorded", "on_call") in told
    assert {"call.code_made", "call.opened"} <= {kind for kind, _ in told}


def test_the_access_ledger_says_that_it_was_on_a_call(world, room, owner):
    """ACC-2: a role and a purpose of its own, on the strength of whoever read the digits out, and the plan alone."""
    Caller().types(read_out(room))
    tomek = Caller()
    tomek.types(read_out(room))
    tomek.get(SHEET)
    row = owner.execute(
        "select person_id, role, purpose, reads, via from guard.opening where client_id = %s order by id desc limit 1",
        [world["tomek"]],
    ).fetchone()
    assert row == (world["wren"], "on_call", "call", ["plan"], "page:plans:sheet_call")


def test_it_reaches_nothing_else(world, room):
    """PLAN-16: every other page leads back to the sheet; help and leaving quickly stay the client's."""
    tomek = Caller()
    tomek.types(read_out(room))
    for path in (*ELSEWHERE, room.url(), room.url("sheet_client"), reverse("clients:overview", args=[world["tomek"]])):
        assert tomek.get(path).headers["Location"] == SHEET, path
        assert tomek.post(path, {"do": "close"}).headers["Location"] == SHEET, path
    assert tomek.get("/help-now/").status_code == 200
    assert tomek.post("/leave/")["Location"] == "/left/"
    assert tomek.get(SHEET)["Location"] == CODE


def test_a_line_of_another_sheet_is_not_found(world, room):
    """ACC-5."""
    tomek = Caller()
    tomek.types(read_out(room))
    assert tomek.post(SHEET, {"do": "answer", "slot": ["6f9619ff-8b86-4d01-b42d-00cf4fc964ff"]}).status_code == 404


def test_five_wrong_tries_end_it_whoever_made_them(world, room, owner):
    """AUTH-1: counted in the database, from whatever address; then the right digits open nothing either."""
    code = read_out(room)
    for number in range(5):
        assert Caller(f"192.0.2.{number}").types(wrong_for(code)).status_code == 422
    assert Caller("192.0.2.9").types(code).status_code == 422
    assert owner.execute("select tries, ended_as from guard.call_code").fetchall() == [(5, "tries")]
    assert Caller("192.0.2.9").types(read_out(room))["Location"] == SHEET


def test_one_address_has_to_wait_however_many_codes_it_tries(world, room):
    """AUTH-1: throttled by address too; eight wrong ones, then wait."""
    tries = [Caller().types(f"{number}00000").status_code for number in range(9)]
    assert tries == [422] * 8 + [429]


def test_ten_minutes_later_the_digits_open_nothing(world, room, owner):
    code = read_out(room)
    ten_minutes_later(owner)
    assert Caller().types(code).status_code == 422


def test_an_open_sheet_closes_ten_minutes_after_the_last_sign_of_life(world, room, owner):
    """AUTH-2: and after an hour in all; what was typed is kept for the next time."""
    tomek, goal = Caller(), room.standing("goal")
    tomek.types(read_out(room))
    kept = {answer_name(goal): "yes_with_changes", answer_name(goal, "words"): "Be a dad she rings."}
    for _ in range(5):
        ten_minutes_later(owner, minutes=9)
        assert tomek.post(f"{SHEET}draft/", kept).status_code == 204
    ten_minutes_later(owner)
    assert tomek.get(SHEET).status_code == 410
    assert tomek.get(SHEET)["Location"] == CODE
    tomek.types(read_out(room))
    assert "Be a dad she rings." in tomek.get(SHEET).content.decode()


def test_of_two_devices_the_first_has_it(world, room):
    """PLAN-16: one use, also when both are sent at the same moment."""
    code, barrier = read_out(room).replace(" ", ""), Barrier(4)
    won = []

    def tries(holder: str) -> None:
        barrier.wait()
        if try_call_code(code=code, holder=holder):
            won.append(holder)
        connections.close_all()

    threads = [Thread(target=tries, args=[f"device {number}"]) for number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(won) == 1
    assert Caller().types(code).status_code == 422


def test_new_digits_end_the_former_device_and_taking_it_back_ends_both(world, room):
    first, second = Caller("192.0.2.1"), Caller("192.0.2.2")
    first.types(read_out(room))
    second.types(read_out(room))
    assert first.get(SHEET).status_code == 410
    assert second.get(SHEET).status_code == 200
    assert room.browser.post(room.url("sheet_code"), {"do": "end"})["Location"] == room.url()
    assert second.get(SHEET).status_code == 410


def test_a_closed_sheet_opens_for_nobody(world, room):
    """PLAN-16: the database ends its calls, whoever closes it."""
    tomek = Caller()
    tomek.types(read_out(room))
    with room.reading():
        close_sheet(sheet_id=room.sheet_id, by=actor(world, "wren"))
    assert tomek.get(SHEET).status_code == 410


def test_whoever_stops_caring_takes_the_call_with_them(world, room, owner):
    """ACC-4: what the digits open rests on the therapist's own relationship, at each page."""
    tomek = Caller()
    tomek.types(read_out(room))
    with owner.transaction():
        owner.execute("update guard.head set last_xact = pg_current_xact_id()")
        owner.execute(
            "update guard.care_relationship set until = guard.now() where person_id = %s and client_id = %s",
            [world["wren"], world["tomek"]],
        )
    assert tomek.get(SHEET).status_code == 404


def test_done_means_done(world, room):
    tomek = Caller()
    code = read_out(room)
    tomek.types(code)
    assert tomek.post(DONE)["Location"] == "/left/"
    assert tomek.get(SHEET)["Location"] == CODE
    assert tomek.types(code).status_code == 422


def test_who_was_signed_in_on_that_device_is_not_any_more(world, room):
    """PLAN-16: nobody's session. A therapist who tries the digits at their own desk is signed out by it."""
    desk = browser(world["imani"])
    assert desk.post(CODE, {"code": read_out(room)})["Location"] == SHEET
    desk.post(DONE)
    assert desk.get("/practice/")["Location"].startswith("/practice/sign-in/")


def test_a_reader_makes_no_code(world, room):
    """ACC-2b: the supervisor of record reads the sheet, and lets nobody in."""
    supervisor = browser(world["sunniva"])
    assert supervisor.post(room.url("sheet_code"), {"do": "make"}).status_code == 422


def test_the_database_lets_a_call_write_on_its_sheet_and_nowhere_else(world, room):
    """PLAN-4: not as if in the room, no new sheet, nobody else's record, and no list of clients."""
    Caller().types(read_out(room))
    by = on_call_actor(made_by=world["wren"], practice_id=world["linden"])
    goal = room.standing("goal")
    said = SheetAnswer(revision_id=goal.open_id, choice="yes", how=How.SAID_IN_SESSION)
    plan_id = room.sheet().plan_id
    for wrong in (
        lambda: answer_sheet(sheet_id=room.sheet_id, answers=[said], by=by),
        lambda: close_sheet(sheet_id=room.sheet_id, by=by),
    ):
        with (
            pytest.raises(Exception, match=r"plans_answer_on_a_call_says_so|did not affect any rows"),
            opened(by, clients=[world["tomek"]], classes=[DataClass.PLAN], via="test"),
        ):
            wrong()
    with opened(by, clients=[world["tomek"]], classes=[DataClass.PLAN], via="test"):
        from clients.models import Client as Known

        assert [known.client_id for known in Known.objects.all()] == [world["tomek"]]
        assert open_sheet(plan_id=plan_id, kind="review", how="said_in_session", by=by).id  # the one that is open
    assert not open_records(by, clients=[world["roz"]], classes=[DataClass.PLAN], via="test")
    assert not open_records(by, clients=[world["tomek"]], classes=[DataClass.NOTE], via="test")


def test_the_digits_are_kept_as_a_digest_and_the_table_is_out_of_reach(world, room, owner, app):
    code = read_out(room).replace(" ", "")
    stored = owner.execute("select k::text from guard.call_code k").fetchone()[0]
    assert code not in stored
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("select * from guard.call_code")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("select guard.make_call_code(gen_random_uuid(), gen_random_uuid(), '12', 'x')")


def test_what_is_no_code_is_said(world):
    assert "These are not six digits." in Caller().types("12 34").content.decode()
    assert "Write the six digits." in Caller().types("").content.decode()
