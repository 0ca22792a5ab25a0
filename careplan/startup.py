"""What the program makes sure of before it serves anybody (ACC-2c, AUTH-4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

TEST_DATABASES = "cp_test_"
TOO_MUCH = """
    select r.rolsuper,
           r.rolbypassrls,
           r.rolcreaterole,
           exists (select from pg_namespace n
                    where n.nspname in ('app', 'guard') and pg_has_role(r.oid, n.nspowner, 'member'))
             or pg_has_role(r.oid, d.datdba, 'member'),
           pg_has_role(r.oid, 'pg_read_all_data', 'member') or pg_has_role(r.oid, 'pg_write_all_data', 'member')
      from pg_roles r, pg_database d
     where r.rolname = session_user and d.datname = current_database()
"""
SENTENCES = (
    "it is a superuser, who sees every record",
    "it bypasses row-level security",
    "it can make roles",
    "it is the owner of the tables, or a member of the owner",
    "it is a member of a role that reads or writes every table",
)


def refuse_unsafe_database() -> None:
    """Raises ImproperlyConfigured unless the database holds this process to the guard; leaves no connection open."""
    try:
        found = list(database_dangers())
    finally:
        connection.close()
        connections["default"].close_pool()  # type: ignore[attr-defined]
    if found:
        raise ImproperlyConfigured("Careplan does not start: " + " ".join(found))


def database_dangers() -> Iterator[str]:
    """Yields a sentence for each way in which this connection would get around the guard."""
    with connection.cursor() as cursor:
        cursor.execute(TOO_MUCH)
        held = cursor.fetchone() or (True,) * len(SENTENCES)
        cursor.execute("select session_user, current_database(), to_regclass('guard.mode') is not null")
        role, database, guarded = cursor.fetchone()
        for is_so, sentence in zip(held, SENTENCES, strict=True):
            if is_so:
                yield f"the database role {role} must not be used to run it: {sentence}. Use cp_app."
        if not guarded:
            yield f"the database {database} has no guard. Run `python3 manage.py migrate` first."
        elif not database.startswith(TEST_DATABASES):
            yield from _test_mode_dangers(cursor, database)


def _test_mode_dangers(cursor: Any, database: str) -> Iterator[str]:
    cursor.execute("select same_transaction_ok, clock_offset <> interval '0' from guard.mode")
    same_transaction, moved_clock = cursor.fetchone()
    if same_transaction:
        yield f"guard.mode.same_transaction_ok is on in {database}, which is for tests only."
    if moved_clock:
        yield f"guard.mode.clock_offset is set in {database}, which is for tests only."


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **others: Any) -> list[CheckMessage]:
    """`manage.py check --database default` says what refuse_unsafe_database would refuse."""
    if "default" not in (databases or ()):
        return []
    return [Error(f"This is unsafe: {danger}", id="careplan.E001") for danger in database_dangers()]
