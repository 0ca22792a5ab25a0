"""AUD-1: the sealer's one gap-free order of both ledgers, its signed batches, and what audit_verify finds by them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from careplan.access.classes import DataClass
from careplan.access.seam import open_records
from careplan.ledger.sealing import seal_ledgers, waiting_for
from careplan.ledger.verify import audit
from tests.access.test_ledgers import tamper
from tests.access.town import Town
from tests.sealing import seal_all

pytestmark = pytest.mark.committed


@pytest.fixture
def town(owner):
    return Town(owner)


@pytest.fixture
def sealed(town):
    """A record with four events and two openings, all of them sealed in two batches."""
    lead = town.staff()
    client = town.record(lead)
    for _ in range(2):
        town.relate(client, town.staff().person_id, "cover")
    seal_all()
    for _ in range(2):
        town.relate(client, town.staff().person_id, "cover")
    open_records(lead, clients=[client], classes=[DataClass.PLAN], via="page:plan")
    seal_all()
    return client


def numbers(owner):
    return [row[0] for row in owner.execute("select seq from guard.sealed order by seq")]


def told_of(owner, clients):
    query = "select count(*) from guard.sealed where ledger = 'event' and client_id = any (%s)"
    return owner.execute(query, [clients]).fetchone()[0]


def found(owner):
    return [(finding.ledger, finding.sentence) for finding in audit(owner).findings]


def test_what_is_sealed_verifies_and_nothing_new_makes_no_batch(owner, sealed):
    """AUD-1: both ledgers have one order without gaps; a second look seals nothing."""
    assert seal_ledgers() is None
    report = audit(owner)
    assert report.findings == ()
    assert report.sealed == len(numbers(owner)) == report.events + report.openings
    assert numbers(owner) == list(range(1, report.sealed + 1))


TAMPERINGS = {
    "an opening was deleted": (
        "opening",
        "delete from guard.opening where via = 'page:plan'",
        [("access", "is missing: a seal covers it")],
    ),
    "an opening was swapped for another": (
        "opening",
        "update guard.opening set hashed = replace(hashed, 'page:plan', 'page:team'), via = 'page:team', "
        "digest = guard.digest(replace(hashed, 'page:plan', 'page:team')) where via = 'page:plan'",
        [("access", "is not what was sealed")],
    ),
    "an opening was slipped in": (
        "opening",
        "insert into guard.opening(opened_at, good_until, xact, ticket, person_id, client_id, role, purpose, via, "
        "request_id, granted, makes, reads, writes, hashed, digest) select opened_at, good_until, xact, ticket, "
        "person_id, client_id, role, purpose, via, request_id, granted, makes, reads, writes, hashed, digest "
        "from guard.opening limit 1",
        [("access", "was inserted after its batch was sealed")],
    ),
    "a number was taken out": ("sealed", "delete from guard.sealed where seq = 2", [("seal", "is missing")]),
    "two rows changed their places": (
        "sealed",
        "update guard.sealed set hash = (select hash from guard.sealed where seq = 1) where seq = 2",
        None,
    ),
    "a batch lost its seal": (
        "seal",
        "delete from guard.seal where batch = 2",
        [("seal", "has no seal: batch 2 was not signed")],
    ),
    "a seal was signed by somebody else": (
        "seal",
        "update guard.seal set signature = (select signature from guard.seal where batch = 1) where batch = 2",
        [("seal", "does not end what batch 2 sealed")],
    ),
    "a seal was rewritten": ("seal", "update guard.seal set last_seq = last_seq - 1 where batch = 2", None),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_done_after_sealing_is_named(owner, sealed, what):
    """AUD-1: a deleted opening too, which no chain holds."""
    table, statement, expected = TAMPERINGS[what]
    tamper(owner, table, statement)
    if expected is None:
        assert found(owner)
    else:
        assert found(owner)[: len(expected)] == expected


def test_a_whole_chain_cut_with_its_head_is_named_by_its_seal(owner, sealed):
    """AUD-1: an end that was cut off together with its head's count is still covered by a seal."""
    tamper(owner, "event", "delete from guard.event where client_id = %s and number = 4", [sealed])
    owner.execute(
        "update guard.head set events = 3, last_hash = (select hash from guard.event where client_id = %s "
        "and number = 3) where client_id = %s",
        [sealed, sealed],
    )
    assert found(owner) == [("event", "is missing: a seal covers it")]


@pytest.mark.parametrize("table", ["epoch", "sealed", "seal"])
def test_seals_are_append_only_for_the_owner_too(owner, sealed, table):
    """AUD-1: UPDATE, DELETE and TRUNCATE are refused by trigger."""
    for attempt in (f"delete from guard.{table}", f"truncate guard.{table} cascade"):
        with pytest.raises(psycopg.Error, match="append only"):
            owner.execute(attempt)


def test_a_hundred_writers_leave_an_order_without_gaps_in_which_nobody_is_overtaken(town, owner):
    """AUD-1: while a hundred people write side by side, and a sealer runs among them, each client's events keep
    their order and every row gets exactly one number."""
    clients = [town.record(town.staff()) for _ in range(4)]
    people = [town.staff().person_id for _ in range(100)]
    done = threading.Event()

    def join(number):
        with psycopg.connect(owner.info.dsn, password=owner.info.password) as parallel:
            first, second = clients[number % 4], clients[(number + 1) % 4]
            parallel.execute("select pg_current_xact_id()")  # old transactions that write late: the hard case
            for client in sorted((first, second)):
                parallel.execute("select guard.start_care(%s, %s, 'cover')", [client, people[number]])

    def keep_sealing():
        from django.db import connection

        while not done.is_set():
            seal_ledgers()
        connection.close()

    sealer = threading.Thread(target=keep_sealing)
    sealer.start()
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(join, range(100)))
    done.set()
    sealer.join()
    while waiting_for():
        seal_ledgers()
    order = numbers(owner)
    assert order == list(range(1, len(order) + 1))
    assert told_of(owner, clients) == 200
    for client in clients:
        told = owner.execute(
            "select e.number from guard.sealed s join guard.event e on e.id = s.event_id where e.client_id = %s "
            "order by s.seq",
            [client],
        ).fetchall()
        assert [number for (number,) in told] == list(range(1, len(told) + 1))
    assert audit(owner).findings == ()


def test_a_transaction_that_does_not_end_holds_the_seals_and_is_noticed(town, owner, caplog):
    """AUD-1: rows above the horizon wait; a horizon that stands still is an alarm in the log, not silence."""
    client = town.record(town.staff())
    with psycopg.connect(owner.info.dsn, password=owner.info.password) as slow:
        slow.execute("select pg_current_xact_id()")
        town.relate(client, town.staff().person_id, "cover")
        seal_ledgers()
        owner.execute("update guard.mode set clock_offset = '10 minutes'")
        assert waiting_for() > timedelta(minutes=5)
        assert "stand still" in caplog.text
        assert told_of(owner, [client]) == 0
    seal_all()
    assert waiting_for() == timedelta()


def test_a_restored_database_begins_a_new_epoch(owner, sealed):
    """AUD-1: a database under another name, or told by the operator, numbers on in a new epoch; nothing is doubled."""
    before = numbers(owner)
    assert owner.execute("select guard.begin_epoch()").fetchone()[0] == 2
    town = Town(owner)
    town.relate(town.record(town.staff()), town.staff().person_id, "cover")
    made = seal_all()
    assert (made.epoch, made.first) == (2, len(before) + 1)
    assert audit(owner).findings == ()
