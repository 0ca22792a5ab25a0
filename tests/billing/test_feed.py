"""BILL-4, BILL-6: the change feed without gaps, as this recipient may see it."""

import pytest

from careplan.access.classes import DataClass
from plans.content import ObjectiveContent
from plans.kinds import SheetKind
from plans.services.items import start_plan
from plans.services.sheets import SheetAnswer, SheetWriting, answer_sheet, open_sheet, write_sheet
from tests.billing.town import Software, Town
from tests.sealing import seal_all

pytestmark = pytest.mark.committed
WORDS = "Walk to the bakery before nine"


@pytest.fixture
def town(world):
    return Town(world)


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
