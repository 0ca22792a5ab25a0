"""AUD-1, AUD-2, AUD-5: both ledgers say what was written, and audit_verify names the row that does not."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from careplan.access.actor import staff_actor
from careplan.access.classes import DataClass
from careplan.access.seam import acting, open_records, opened
from careplan.ledger import record
from careplan.ledger.verify import audit
from tests.access.town import Town

pytestmark = pytest.mark.committed


@pytest.fixture
def town(owner):
    return Town(owner)


@pytest.fixture
def client_id(town):
    lead = town.staff()
    made = town.record(lead)
    for _ in range(4):
        town.relate(made, town.staff().person_id, "cover")
    open_records(lead, clients=[made], classes=[DataClass.PLAN], via="page:plan")
    return made


def tamper(owner, table, statement, parameters=()):
    """What somebody with the owner's rights does: triggers off, change, triggers on."""
    owner.execute(f"alter table guard.{table} disable trigger user")
    owner.execute(statement, parameters)
    owner.execute(f"alter table guard.{table} enable trigger user")


def found(owner, client):
    return [str(finding).partition("row ")[2] for finding in audit(owner).findings if finding.client_id == str(client)]


def test_untouched_ledgers_verify(owner, client_id):
    """AUD-1: as written, nothing is found."""
    report = audit(owner)
    assert report.findings == ()
    assert report.events >= 4
    assert report.openings >= 2


EVENT_EDITS = [
    "kind = 'care.ended'",
    "after = 'lead'",
    "at = at - interval '1 day'",
    "actor_id = gen_random_uuid()",
    'detail = \'{"person": "x"}\'',
    "hashed = replace(hashed, 'cover', 'leads')",
    "hash = previous_hash",
]


@pytest.mark.parametrize("edit", EVENT_EDITS)
def test_an_edited_event_is_named(owner, client_id, edit):
    """AUD-1: any stored byte of an event."""
    tamper(owner, "event", f"update guard.event set {edit} where client_id = %s and number = 2", [client_id])
    assert found(owner, client_id) == ["2: was edited"]


def test_an_event_rewritten_with_a_fresh_hash_is_named(owner, client_id):
    """AUD-1: whoever recomputes one hash breaks the chain at the next row."""
    tamper(
        owner,
        "event",
        'update guard.event set after = \'lead\', hashed = replace(hashed, \'"after":"cover"\', \'"after":"lead"\'), '
        'hash = guard.digest(previous_hash || replace(hashed, \'"after":"cover"\', \'"after":"lead"\')) '
        "where client_id = %s and number = 2",
        [client_id],
    )
    assert found(owner, client_id) == ["3: was inserted, replaced or moved"]


def test_a_deleted_event_is_named(owner, client_id):
    """AUD-1: a gap is the missing row."""
    tamper(owner, "event", "delete from guard.event where client_id = %s and number = 2", [client_id])
    assert found(owner, client_id) == ["2: is missing"]


def test_a_truncated_chain_is_named(owner, client_id):
    """AUD-1: the head knows how long the chain is."""
    tamper(owner, "event", "delete from guard.event where client_id = %s and number >= 3", [client_id])
    assert found(owner, client_id) == ["3: is missing: the chain was cut short"]


def test_a_chain_without_its_head_is_named(owner, client_id):
    """AUD-1: with the head gone nobody could say where the chain ended."""
    tamper(owner, "event", "delete from guard.event where client_id = %s", [client_id])
    owner.execute("delete from guard.head where client_id = %s", [client_id])
    assert found(owner, client_id) == ["0: is the last one left: the chain has lost its head"]


def test_an_inserted_event_is_named(owner, client_id):
    """AUD-1: a copy at the end is not the end that the head knows."""
    tamper(
        owner,
        "event",
        "insert into guard.event select client_id, practice_id, number + 1, gen_random_uuid(), at, kind, actor_id, "
        "hat, on_behalf_of, object_type, object_id, before, after, reason, reason_salt, reason_digest, "
        "request_id, detail, "
        "xact, hashed, hash, hash from guard.event where client_id = %s and number = 4",
        [client_id],
    )
    assert found(owner, client_id) == ["5: was edited"]


def test_reordered_events_are_named(owner, client_id):
    """AUD-1: two rows that changed places."""
    tamper(
        owner,
        "event",
        "update guard.event set number = case number when 2 then 1003 else 1002 end "
        "where client_id = %s and number in (2, 3)",
        [client_id],
    )
    tamper(
        owner,
        "event",
        "update guard.event set number = number - 1000 where client_id = %s and number > 1000",
        [client_id],
    )
    assert found(owner, client_id) == ["2: was edited"]


@pytest.mark.parametrize("edit", ["person_id = gen_random_uuid()", "granted = false", "via = 'page:other'",
                                  "reads = '{}'", "opened_at = opened_at - interval '1 hour'"])  # fmt: skip
def test_an_edited_opening_is_named(owner, client_id, edit):
    """AUD-1: who looked, when, at what, through what."""
    tamper(owner, "opening", f"update guard.opening set {edit} where client_id = %s and not makes", [client_id])
    assert [line.partition(": ")[2] for line in found(owner, client_id)] == ["was edited"]


def test_the_command_names_the_row_and_fails(owner, client_id):
    """AUD-1: `manage.py audit_verify` is what an operator runs."""
    call_command("audit_verify")
    tamper(owner, "event", "delete from guard.event where client_id = %s and number = 2", [client_id])
    with pytest.raises(CommandError, match=f"client {client_id}, row 2: is missing"):
        call_command("audit_verify")


@pytest.fixture
def writer(town):
    return town.staff()


@pytest.fixture
def writable(town, writer):
    return town.record(writer)


def test_an_event_needs_an_opening_that_may_write(town, writer, writable):
    """AUD-2, ACC-2: no event for a record that this request did not open; a supervisor's reading is not enough."""
    reader = staff_actor(person_id=writer.person_id, practice_id=town.practice)
    with pytest.raises(Exception, match="no record"), acting(reader):
        record(kind="care.started", client_id=writable, object_type="x")
    with opened(reader, clients=[writable], classes=[DataClass.IDENTITY], via="page"):
        assert record(kind="care.started", client_id=writable, object_type="x") == 1


def test_an_event_is_told_by_those_who_may_write_what_it_tells(town, writable):
    """AUD-2, ACC-2b: a supervisor writes notes only, and can't put a line about anything else into the ledger."""
    supervisor = town.staff("supervisor")
    town.relate(writable, supervisor.person_id, "supervisor")
    with (
        pytest.raises(Exception, match="no record"),
        opened(supervisor, clients=[writable], classes=[DataClass.NOTE, DataClass.IDENTITY], via="page"),
    ):
        record(kind="care.started", client_id=writable, object_type="x")


def test_an_event_outside_the_catalogue_cannot_be_written(town, writer, writable):
    """AUD-2: refused by Python with its name, and by the database when Python is bypassed."""
    with opened(writer, clients=[writable], classes=[DataClass.IDENTITY], via="page"):
        with pytest.raises(LookupError, match="not in the catalogue"):
            record(kind="made.up", client_id=writable, object_type="x")
        with pytest.raises(Exception, match="event_kind"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select guard.record_event(%s, 'made.up', 'x', null, '', '', '', '{}', null)", [writable])


@pytest.mark.parametrize("prose", ["Panic on the bus", "naïve", "two words", "x" * 200])
def test_an_events_detail_holds_no_prose(town, writer, writable, prose):
    """AUD-1: ids, codes and digests, never content: the database refuses a sentence."""
    with (
        pytest.raises(Exception, match="no_prose"),
        opened(writer, clients=[writable], classes=[DataClass.IDENTITY], via="page"),
    ):
        record(kind="care.started", client_id=writable, object_type="x", detail={"said": prose})


def test_a_reason_is_hashed_by_a_salted_digest(town, writer, writable, owner):
    """AUD-5: the sentence can be erased later and the chain still verifies."""
    with opened(writer, clients=[writable], classes=[DataClass.IDENTITY], via="page"):
        record(kind="care.ended", client_id=writable, object_type="x", reason="Moved to another town.")
    stored = owner.execute("select reason, hashed from guard.event where client_id = %s", [writable]).fetchone()
    assert stored[0] == "Moved to another town."
    assert "another town" not in stored[1]
    tamper(owner, "event", "update guard.event set reason = null where client_id = %s", [writable])
    assert found(owner, writable) == []
    tamper(owner, "event", "update guard.event set reason = 'Something else.' where client_id = %s", [writable])
    assert found(owner, writable) == ["1: was edited"]


def test_twenty_writers_leave_one_unbroken_chain(town, owner):
    """AUD-1: events are numbered under the record's head, so that parallel writers never fork the chain."""
    from concurrent.futures import ThreadPoolExecutor

    client = town.record(town.staff())
    people = [town.staff().person_id for _ in range(20)]

    def join(person):
        with psycopg.connect(owner.info.dsn, password=owner.info.password, autocommit=True) as parallel:
            parallel.execute("select guard.start_care(%s, %s, 'cover')", [client, person])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(join, people))
    numbers = owner.execute("select array_agg(number order by number) from guard.event where client_id = %s", [client])
    assert numbers.fetchone()[0] == list(range(1, 21))
    assert found(owner, client) == []
