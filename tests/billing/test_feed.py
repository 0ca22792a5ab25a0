"""BILL-4, BILL-6: the change feed without gaps, as this recipient may see it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from careplan.access.classes import DataClass
from careplan.ledger.sealing import seal_ledgers
from plans.content import ObjectiveContent
from plans.kinds import SheetKind
from plans.models import Charge
from plans.services.charges import hold_ended
from plans.services.items import start_plan
from plans.services.sheets import SheetAnswer, SheetWriting, answer_sheet, open_sheet, write_sheet
from tests.billing.town import RECIPIENT, Software, Town
from tests.sealing import seal_all
from tests.signed_in import browser

pytestmark = pytest.mark.committed
WORDS = "Walk to the bakery before nine"


@pytest.fixture
def town(world):
    return Town(world)


@pytest.fixture
def pass_days(owner):
    """Lets the database's clock run ahead, for this test alone."""

    def passes(days):
        owner.execute("update guard.mode set clock_offset = make_interval(days => %s)", [days])

    yield passes
    passes(0)


def agrees(town, key="roz"):
    with town.at_work(key, DataClass.PLAN) as by:
        plan = start_plan(client_id=town[key], by=by)
        sheet = open_sheet(plan_id=plan.id, kind=SheetKind.FIRST_PLAN, how="said_in_session", by=by)
        (written,) = write_sheet(
            sheet_id=sheet.id, lines=[SheetWriting(content=ObjectiveContent(behaviour=WORDS))], by=by
        )
        answer_sheet(sheet_id=sheet.id, answers=[SheetAnswer(revision_id=written.id, choice="yes")], by=by)
        return written


def kinds(answer):
    return [event["kind"] for event in answer.json()["events"]]


def test_the_feed_tells_in_order_what_changed_and_no_words(town):
    """BILL-4: thin, replayable, by an opaque cursor."""
    software = Software(town.let_in())
    consent = town.permits("roz")
    written = agrees(town)
    seal_all()
    first = software.get("events")
    assert "plan.version" in kinds(first)
    assert {"kind": "item.agreed", "object": str(written.item_id)}.items() <= next(
        event for event in first.json()["events"] if event["kind"] == "item.agreed"
    ).items()
    assert WORDS not in first.content.decode()
    again = software.get("events").json()
    assert again["events"] == first.json()["events"]
    assert again["next"] != first.json()["next"]
    assert software.get(f"events?after={first.json()['next']}").json()["events"] == []
    one = software.get("events?limit=1").json()
    assert one["more"] is True
    town.withdraws("roz", consent)
    seal_all()
    after = software.get(f"events?after={first.json()['next']}")
    assert kinds(after) == ["consent.withdrawn"]
    assert kinds(software.get("events")) == ["consent.withdrawn"]
    assert kinds(Software(town.let_in(recipient="Somebody Else")).get("events")) == []


def test_a_cursor_from_before_a_restore_says_so(town, owner):
    """AUD-1, BILL-4: what came after the backup is gone; the reader begins anew instead of missing it in silence."""
    software = Software(town.let_in())
    town.permits("roz")
    seal_all()
    cursor = software.get("events").json()["next"]
    owner.execute("alter table guard.epoch disable trigger user")
    owner.execute("insert into guard.epoch select number + 1, 1, database, now(), 'restored' from guard.epoch")
    assert software.get(f"events?after={cursor}").status_code == 410


def test_the_clock_ends_a_permission_at_once_and_holds_what_waited(town, pass_days):
    """BILL-6, CONS-3: nothing leaves after its last moment, however late the job comes; then it is held."""
    _, charge = town.billable("roz")
    pass_days(301)
    sent = browser(town["bram"]).post("/practice/billing/send/", {"recipient": RECIPIENT})
    assert sent.status_code == 422
    assert (hold_ended(), hold_ended()) == (1, 0)
    with town.at_work("roz", DataClass.BILLING):
        row = Charge.objects.get(id=charge.id)
    assert (row.state, row.held_for) == ("held", RECIPIENT)


def test_the_feed_tells_of_a_charge_whom_it_was_sent_to(town):
    """BILL-2, BILL-4: made ready is told to whoever may have it; once it is sent, to nobody else."""
    software = Software(town.let_in())
    town.permits("roz", recipient="Somebody Else")
    other = Software(town.let_in(recipient="Somebody Else"))
    _, charge = town.billable("roz")
    seal_all()
    assert "charge.made" in kinds(software.get("events"))
    assert "charge.made" in kinds(other.get("events"))
    software.get("billing/charges")
    seal_all()
    told = [(event["kind"], event["object"]) for event in software.get("events").json()["events"]]
    assert ("charge.sent", str(charge.id)) in told
    assert not any(kind.startswith("charge.") for kind in kinds(other.get("events")))


def test_a_reader_beside_a_hundred_writers_misses_nothing_and_gets_nothing_twice(town):
    """BILL-4: while a hundred sessions are written down side by side and sealed, a reader follows by its cursor."""
    software = Software(town.let_in())
    clients = ("roz", "tomek")
    for key in clients:
        town.permits(key)
        town.diagnosed(key)
    town.service()
    town.kept("roz")
    seal_all()
    done, told = threading.Event(), []

    def write(number):
        try:
            return str(town.kept(clients[number % 2]).id)
        finally:
            connection.close()

    def follow():
        cursor = ""
        while True:
            last = done.is_set()
            if last:
                seal_all()
            else:
                seal_ledgers()
            page = software.get(f"events?limit=7{cursor}").json()
            told.extend(event["id"] for event in page["events"])
            cursor = f"&after={page['next']}"
            if last and not page["more"]:
                break
        connection.close()

    reader = threading.Thread(target=follow)
    reader.start()
    with ThreadPoolExecutor(10) as pool:
        made = set(pool.map(write, range(100)))
    done.set()
    reader.join()
    whole = software.get("events?limit=1000").json()
    assert told == [event["id"] for event in whole["events"]]
    assert len(set(told)) == len(told)
    assert made < {event["object"] for event in whole["events"] if event["kind"] == "charge.made"}
