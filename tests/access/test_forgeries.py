"""ACC-2c: what somebody tries who can run any SQL as the application's role, and what stops each attempt."""

from uuid import uuid4

import psycopg
import pytest

from careplan.ids import uuid7
from tests.access.town import Town

pytestmark = pytest.mark.committed

PERSON, CLIENT, PRACTICE = uuid7(), uuid7(), uuid7()

FORGERIES = {
    "write an opening": "insert into guard.opening (opened_at) values (now())",
    "read the openings": "select * from guard.opening",
    "erase the openings": "delete from guard.opening",
    "write a relationship": f"insert into guard.care_relationship (client_id, practice_id, person_id, role, since) "
    f"values ('{CLIENT}', '{PRACTICE}', '{PERSON}', 'lead', now())",
    "prolong a relationship": "update guard.care_relationship set until = null",
    "become a manager": f"insert into guard.staff_role (practice_id, person_id, role, since) "
    f"values ('{PRACTICE}', '{PERSON}', 'manager', now())",
    "have a role granted": f"select guard.grant_role('{PRACTICE}', '{PERSON}', 'manager', null)",
    "grant a role in one's own name": f"select guard.grant_role('{PRACTICE}', '{PERSON}', 'manager', '{PERSON}')",
    "become a member": f"insert into guard.member (client_id, person_id, since) values ('{CLIENT}', '{PERSON}', now())",
    "become a decider": f"select guard.add_decider('{CLIENT}', '{PERSON}', 'self', 'decides')",
    "start care for a stranger": f"select guard.start_care('{CLIENT}', '{PERSON}', 'lead')",
    "widen the reach table": "insert into guard.reach values ('care', 'cover', 'anything', true)",
    "write an event": "insert into guard.event (client_id) values (gen_random_uuid())",
    "record an event unopened": f"select guard.record_event('{CLIENT}', 'care.started', 'x', null, '', '', '', "
    "'{}', null)",
    "append an event by the inner door": f"select guard.append_event('{CLIENT}', 'care.started', 'x', null, '', '', "
    "'', '{}', null)",
    "write an opening by the inner door": f"select guard.write_opening('{uuid4()}', '{PERSON}', '{CLIENT}', 'lead', "
    "'care', 'x', null, '{plan}', '{plan}', true)",
    "add a kind of event": "insert into guard.event_kind values ('free.text')",
    "edit a head": "update guard.head set events = 0",
    "edit the events": "update guard.event set kind = 'care.ended'",
    "erase the events": "delete from guard.event",
    "truncate the events": "truncate guard.event",
    "switch the same-transaction rule off": "update guard.mode set same_transaction_ok = true",
    "move the guard's clock": "update guard.mode set clock_offset = '-1 year'",
    "write a glance": "insert into guard.glance (client_id) values (gen_random_uuid())",
    "make a temporary table": "create temporary table opening (x int)",
    "make a table in the app's schema": "create table app.opening (x int)",
    "make a function in the guard": "create function guard.opened(text) returns uuid[] language sql "
    "as 'select null::uuid[]'",
    "make a function in public": "create function public.opened() returns int language sql as 'select 1'",
    "become the owner": "set role cp_owner",
    "become the backup": "set role cp_backup",
    "take off the triggers": "set session_replication_role = replica",
    "disable a trigger": "alter table guard.event disable trigger all",
    "turn row security off": "alter table guard.event disable row level security",
    "read the passwords": "select * from pg_catalog.pg_authid",
    "read the server's files": "select pg_read_file('PG_VERSION')",
    "run a program": "copy (select 1) to program 'true'",
}


@pytest.mark.parametrize("attempt", FORGERIES)
def test_the_application_role_cannot(app, attempt):
    """ACC-2c: every forgery is refused, whoever the session says is acting."""
    with app.transaction(force_rollback=True):
        app.execute("select set_config('careplan.person', %s, true)", [str(PERSON)])
        with pytest.raises(psycopg.Error) as refused:
            app.execute(FORGERIES[attempt])
    assert refused.value.sqlstate == "42501", refused.value


def test_row_security_off_reads_nothing(app):
    """ACC-2c: with row_security switched off the database refuses instead of showing."""
    with app.transaction(force_rollback=True):
        app.execute("set local row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select * from guard.event")


def test_a_record_cannot_be_made_by_somebody_without_a_role(app, owner):
    """ACC-12: only clinical staff add clients, and only in their own practice."""
    town, elsewhere = Town(owner), Town(owner)
    therapist, desk = town.staff(), town.staff("front_desk")
    member = town.person()
    for person, practice in ((desk.person_id, town.practice), (therapist.person_id, elsewhere.practice)):
        with app.transaction(force_rollback=True):
            ticket = uuid4()
            app.execute("select set_config('careplan.person', %s, true)", [str(person)])
            app.execute("select set_config('careplan.ticket', %s, true)", [str(ticket)])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(
                    "select guard.create_record(%s, %s, 'person', %s, %s, 'raw', null)",
                    [uuid7(), practice, [member], ticket],
                )


def test_the_owner_cannot_edit_the_ledgers_either(owner):
    """AUD-1: triggers refuse UPDATE, DELETE and TRUNCATE for the owner too."""
    town = Town(owner)
    lead = town.staff()
    client = town.record(lead)
    town.relate(client, town.staff().person_id, "cover")
    for table in ("event", "opening"):
        for attempt in (
            f"update guard.{table} set client_id = client_id",
            f"delete from guard.{table}",
            f"truncate guard.{table}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append only"):
                owner.execute(attempt)
