"""ACC-2a, ACC-2c, ACC-3, AUD-2: what the database's own catalogue must say, table by table and function by function."""

import pytest

from careplan.access.classes import reach
from careplan.ledger.catalogue import all_kinds

pytestmark = pytest.mark.django_db

PROJECTIONS = {"clients_contact_card", "clients_channel_state"}  # only triggers write them, so that they can't drift
OTHER_CLIENTS = {"oauth2_provider_application", "oauth2_provider_devicegrant"}  # software, in OAuth's words
# Not yet part of the record: saved every few seconds, without an event; a held part is locked with its note.
DRAFTS = {"clients_draft", "plans_draft", "messaging_draft", "messaging_note_held"}
BY_FUNCTIONS = {
    "messaging_session",
    "messaging_reminder",
}  # written by definer functions alone: a desk works a calendar and opens no record
READING = {"messaging_seen"}  # how far somebody has read is nobody else's to know, and events are read by others


def rows(owner, query, *parameters):
    return owner.execute(query, parameters).fetchall()


def column(owner, query, *parameters):
    return {row[0] for row in rows(owner, query, *parameters)}


@pytest.fixture
def protected(owner):
    return dict(rows(owner, "select table_name, tier from guard.protected_table"))


def tables_with(owner, name):
    return column(
        owner,
        "select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid "
        "where a.attname = %s and c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') "
        "and not a.attisdropped",
        name,
    )


def test_every_client_owned_table_is_under_the_guard(owner, protected):
    """ACC-3: a table with a client in it and no class fails here, before anybody can read it."""
    assert tables_with(owner, "client_id") - OTHER_CLIENTS == set(protected)
    assert set(protected) <= tables_with(owner, "practice_id")


def test_every_guarded_table_has_its_policies(owner, protected):
    """ACC-3: row security on, and a policy for each thing the application may do."""
    for table in protected:
        enabled = rows(owner, "select relrowsecurity from pg_class where oid = ('app.' || %s)::regclass", table)
        assert enabled == [(True,)], table
        rights = column(
            owner,
            "select lower(privilege_type) from information_schema.role_column_grants "
            "where grantee = 'cp_app' and table_schema = 'app' and table_name = %s "
            "union select lower(privilege_type) from information_schema.role_table_grants "
            "where grantee = 'cp_app' and table_schema = 'app' and table_name = %s",
            table,
            table,
        )
        policies = column(
            owner,
            "select lower(cmd) from pg_policies "
            "where schemaname = 'app' and tablename = %s and permissive = 'PERMISSIVE'",
            table,
        )
        assert "select" in rights, table
        assert rights <= policies <= {"select", "insert", "update"}, table


def test_every_change_to_a_guarded_table_needs_its_event(owner, protected):
    """AUD-1: the deferred constraint stands on every record table; only drafts and reading are exempt."""
    guarded = column(
        owner, "select tgrelid::regclass::text from pg_trigger where tgname = 'has_event' and tgdeferrable"
    )
    evented = {name.rpartition(".")[2] for name in guarded}
    assert set(protected) - evented <= DRAFTS | READING


def test_tables_without_update_are_frozen(owner, protected):
    """AUD-1, PLAN-8: what may not be changed is refused by a trigger, to the owner too."""
    for table in set(protected) - BY_FUNCTIONS:
        updatable = rows(owner, "select has_any_column_privilege('cp_app', 'app.' || %s, 'update')", table)[0][0]
        frozen = column(
            owner,
            "select tgname from pg_trigger where tgrelid = ('app.' || %s)::regclass and tgname like 'frozen%%'",
            table,
        )
        assert frozen == (set() if updatable or table in PROJECTIONS else {"frozen", "frozen_whole"}), table


def test_what_functions_alone_write_the_application_only_reads(owner):
    """ACC-2c: no insert and no update on it, not even of a column."""
    for table in BY_FUNCTIONS:
        for right in ("insert", "update"):
            said = rows(owner, f"select has_any_column_privilege('cp_app', 'app.' || %s, '{right}')", table)
            assert said == [(False,)], (table, right)


def test_no_child_can_hang_under_another_clients_parent(owner, protected):
    """ACC-2a: every key between two record tables starts with the client."""
    keys = rows(
        owner,
        "select c.conrelid::regclass::text, c.conname, "
        "  (select array_agg(a.attname::text) from pg_attribute a "
        "   where a.attrelid = c.conrelid and a.attnum = any (c.conkey)), "
        "  c.confrelid::regclass::text, c.confupdtype "
        "from pg_constraint c where c.contype = 'f' and c.connamespace = 'app'::regnamespace",
    )
    for source, name, columns, target, on_update in keys:
        assert on_update == "a", f"{name} has ON UPDATE"
        if source.rpartition(".")[2] in protected and target.rpartition(".")[2] in protected:
            assert "client_id" in columns, f"{source}.{name}"


def test_definer_functions_are_hardened(owner):
    """ACC-2c: a fixed search path, nothing for PUBLIC."""
    functions = rows(
        owner,
        "select p.oid::regprocedure::text, p.prosecdef, p.proconfig, "
        "has_function_privilege('public', p.oid, 'execute') "
        "from pg_proc p where p.pronamespace in ('guard'::regnamespace, 'app'::regnamespace)",
    )
    assert len(functions) > 20
    for name, _, config, public in functions:
        assert "search_path=pg_catalog, pg_temp" in (config or []), name
        assert not public, name


INNER_DOORS = {
    "append_event",
    "write_opening",
    "roles_towards",
    "works_in",
    "holds_role",
    "may_arrange_care",
    "by_operator",
}


def test_the_application_cannot_call_the_inner_doors(owner):
    """ACC-2c: functions that trust their caller are for other definer functions only."""
    callable_ones = column(
        owner,
        "select p.proname from pg_proc p where p.pronamespace = 'guard'::regnamespace "
        "and has_function_privilege('cp_app', p.oid, 'execute')",
    )
    assert not callable_ones & INNER_DOORS


def test_views_ask_as_the_reader_and_nothing_is_materialised(owner):
    """ACC-2c: views carry security_invoker; there are no materialised views of records."""
    views = rows(
        owner,
        "select relname, coalesce(reloptions && array['security_invoker=true', 'security_invoker=on'], false), "
        "relkind from pg_class where relnamespace in ('app'::regnamespace, 'guard'::regnamespace) "
        "and relkind in ('v', 'm')",
    )
    for name, invoker, kind in views:
        assert kind == "v", f"{name} is materialised"
        assert invoker, name


def test_nothing_of_a_record_can_be_deleted(owner, protected):
    """ACC-2c: no DELETE and no TRUNCATE on anything of the guard or of a record, nor on partitions."""
    deletable = column(
        owner,
        "select table_name from information_schema.role_table_grants where grantee in ('cp_app', 'PUBLIC') "
        "and privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES')",
    )
    assert not deletable & (set(protected) | tables_with(owner, "client_id"))
    runs_out = {"careplan_session", "careplan_sent_once", "oauth2_provider_accesstoken"}
    assert deletable == ({"mfa_authenticator", "django_session"} | runs_out) & deletable


def test_the_running_role_is_plain(owner):
    """ACC-2c: no superuser, no bypass, no membership, no temporary tables, no schema of its own."""
    attributes = rows(
        owner, "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = 'cp_app'"
    )
    assert attributes == [(False, False, False, False)]
    assert rows(owner, "select 1 from pg_auth_members where member = 'cp_app'::regrole") == []
    assert rows(owner, "select has_database_privilege('cp_app', current_database(), 'temp')") == [(False,)]
    for schema in ("app", "guard", "public"):
        assert rows(owner, "select has_schema_privilege('cp_app', %s, 'create')", schema) == [(False,)]


def test_the_catalogue_of_events_is_the_databases(owner):
    """AUD-2: a kind that Python knows can be written, and no other."""
    assert column(owner, "select kind from guard.event_kind") == set(all_kinds())


def test_every_event_has_a_sentence_for_the_client_and_one_for_staff():
    """AUD-2: each ends like a sentence and names nothing clinical."""
    for kind in all_kinds().values():
        assert kind.client.endswith("."), kind
        assert kind.staff.endswith("."), kind


def test_the_reach_table_in_the_database_is_the_one_in_code(owner):
    """ACC-2b: the review document is what is enforced."""
    stored = {
        tuple(row) for row in rows(owner, "select purpose, role, data_class, may_write, may_read from guard.reach")
    }
    assert stored == {
        (line.purpose, line.role, str(line.data_class), line.may_write, line.may_read) for line in reach()
    }
