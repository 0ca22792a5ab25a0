"""The program's own role, with SQL of somebody's making: nothing beyond what was opened (ACC-2, 2a to 2c, ACC-3)."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from careplan.access.classes import DataClass
from clients.models import Topic
from clients.services.about import Said
from clients.services.people import Around, add_person_around
from tests.clients.town import CARDS

RECORD = {
    "clients_identity": DataClass.IDENTITY,
    "clients_about_line": DataClass.IDENTITY,
    "clients_person_around": DataClass.IDENTITY,
    "clients_contact": DataClass.CONTACT,
    "clients_consent": DataClass.CONSENT,
    "clients_limits_card_told": DataClass.CONSENT,
}
LISTED = ("clients_client", "client_summary")


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


@pytest.fixture
def both(town):
    """Tomek's and Roz's records, with a row in every table of each."""
    for client, who in (("tomek", "wren"), ("hollis", "imani")):
        town.says(client, who, lines={Topic.OWN_WORDS: Said(f"I am {client}.")})
        town.tells(client, *CARDS, who=who)
        with town.opens(who, client) as by:
            add_person_around(client_id=town[client], around=Around(name="Marek"), by=by)
    return town


@pytest.mark.parametrize("table", RECORD)
def test_nothing_is_seen_without_an_opening(both, table):
    """ACC-3."""
    with both.at_work("wren"):
        assert run(f"select 1 from {table}") == 0


@pytest.mark.parametrize("table", RECORD)
def test_an_opening_shows_one_client_and_one_class(both, table):
    """ACC-2b: the record's own class shows its rows, every other class shows none of them."""
    with both.opens("wren", "tomek", classes=[RECORD[table]]):
        assert run(f"select 1 from {table} where client_id = %s", both["tomek"]) > 0
        assert run(f"select 1 from {table} where client_id <> %s", both["tomek"]) == 0
    with both.opens("wren", "tomek", classes=set(DataClass) - {RECORD[table]}):
        assert run(f"select 1 from {table}") == 0


CHANGEABLE = [table for table in (*RECORD, *LISTED) if table not in ("clients_limits_card_told", "clients_about_line")]


MAY_CHANGE = {"clients_consent": "told_in"}  # of a consent only the conversation: the database makes its moves


@pytest.mark.parametrize("table", CHANGEABLE)
def test_another_clients_row_is_not_there_to_be_changed(both, table):
    """As Wren with Tomek open: Roz's row is not found by any update."""
    with both.opens("wren", "tomek"):
        column = MAY_CHANGE.get(table, "practice_id")
        assert run(f"update {table} set {column} = {column} where client_id = %s", both["hollis"]) == 0


def test_words_and_tellings_are_changed_by_nobody(both):
    """Promise 3: a line can be ended, and nothing else of it changes; another client's line can't be ended."""
    with both.opens("wren", "tomek"):
        ended = "update clients_about_line set ended_at = now(), ended_by = %s where client_id = %s"
        assert run(ended, both["wren"], both["hollis"]) == 0
        for sql in ("update clients_about_line set words = ''", "update clients_limits_card_told set said_back = ''"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                run(sql)


@pytest.mark.parametrize("table", [*RECORD, *LISTED])
def test_nothing_is_deleted_or_emptied(both, table):
    """ACC-2c: no DELETE or TRUNCATE grant."""
    for sql in (f"delete from {table}", f"truncate {table}"):
        with both.opens("wren", "tomek"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            run(sql)


def copied(table, whose, **changed):
    """A row of a client put in once more, with something else in it."""
    pairs = ", ".join(f"'{column}', '{value}'::uuid" for column, value in changed.items())
    row = f"jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), {pairs}))"
    return run(f"insert into {table} select ({row}).* from {table} t where t.client_id = %s limit 1", whose)


@pytest.mark.parametrize("table", [table for table in RECORD if table != "clients_consent"])
def test_a_row_is_not_copied_into_another_record(both, table):
    """A row of Tomek's under Roz's id is refused by her record's policy."""
    with both.opens("wren", "tomek"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        copied(table, both["tomek"], client_id=both["hollis"])


def test_a_card_told_does_not_hang_under_another_clients_consent(both):
    """ACC-2a: composite keys."""
    with both.opens("imani", "hollis"), connection.cursor() as cursor:
        cursor.execute("select id from clients_consent where client_id = %s", [both["hollis"]])
        (hers,) = cursor.fetchone()
    with both.opens("wren", "tomek"), pytest.raises(IntegrityError, match="consent_id_own"), transaction.atomic():
        copied("clients_limits_card_told", both["tomek"], consent_id=hers)


def test_a_row_does_not_go_to_another_practice(both):
    """ACC-4: practices are separate tenants; a record's rows are its practice's."""
    with both.opens("wren", "tomek"), pytest.raises(IntegrityError), transaction.atomic():
        run("update clients_contact set practice_id = %s where client_id = %s", both["harbour"], both["tomek"])


def test_a_supervisors_opening_writes_nothing_of_ours(both):
    """ACC-2b: supervision reads; what it may write is a note."""
    with both.opens("sunniva", "tomek"):
        assert run("update clients_person_around set name = 'X' where client_id = %s", both["tomek"]) == 0
        assert run("update clients_client set pronouns = 'X' where client_id = %s", both["tomek"]) == 0


def test_a_cover_sees_what_cover_reaches_and_another_practice_nothing(both):
    with both.opens("nadia", "tomek"):
        assert run("select 1 from clients_identity") == 1
    with both.at_work("odile"):
        assert run("select 1 from clients_client where client_id in (%s, %s)", both["tomek"], both["hollis"]) == 0
        assert run("select 1 from client_summary where client_id in (%s, %s)", both["tomek"], both["hollis"]) == 0
