"""Promise 8, ACC-9: what is kept about a client is in the copy they take along, or here with the reason why not."""

import pytest

from careplan import hooks
from careplan.everything import KEPT_BACK

pytestmark = pytest.mark.django_db

NOT_TOLD = {
    "clients_draft": "half-typed by somebody, not part of the record yet",
    "plans_draft": "half-typed by somebody, not part of the record yet",
    "messaging_draft": "half-typed by somebody, not part of the record yet",
    "messaging_seen": "how far somebody has read is nobody else's to know",
    "clients_quiet": "a quiet portal leaves no trace, in a copy as little as on a page (SAFE-7)",
    "clients_tucked_away": "a quiet portal leaves no trace, in a copy as little as on a page (SAFE-7)",
    "clients_ledger_delay": "why a line of the log is lawfully shown later; the log says that one is",
    "clients_contact_card": "repeats the contact rules for lists",
    "clients_channel_state": "repeats the consents for lists",
    "client_summary": "counts and dates derived from what is told",
    "plan_head": "counts and dates derived from what is told",
    "pausing": "dates derived from what is told",
    "message_head": "counts and dates derived from what is told",
}
WRITTEN_BY_THE_DATABASE = {"member", "decider", "care_relationship"}


def test_every_table_of_a_record_is_in_the_copy_or_says_why_not(owner):
    """A new table fails here until its app's section names it (`hooks.everything`), or this list says why not."""
    kept = {row[0] for row in owner.execute("select table_name from guard.protected_table").fetchall()}
    told = {table.name for section in hooks.everything for table in section.tables}
    assert kept - told == set(NOT_TOLD) & kept
    assert told - kept == WRITTEN_BY_THE_DATABASE


def test_every_section_opens_what_its_tables_need(owner):
    """A class that is not opened shows no rows, and the copy would silently be less."""
    needs = dict(
        owner.execute("select table_name, data_class from guard.protected_table where tier = 'record'").fetchall()
    )
    for section in hooks.everything:
        assert {needs[table.name] for table in section.tables if table.name in needs} <= set(section.classes), (
            section.key
        )


def test_what_people_read_of_a_table_are_fields_of_it():
    for section in hooks.everything:
        for table in section.tables:
            fields = {field.name for field in table.model._meta.concrete_fields}
            assert set(table.shown or {}) | (table.kept_back - KEPT_BACK) <= fields, table.name
            assert not table.heading or table.shown, table.name
