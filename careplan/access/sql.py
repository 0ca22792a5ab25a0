"""Migration operations that put a table under the guard (ACC-2, ACC-2a, AUD-1).

Every client-owned table is protected in the migration that makes it; a test walks the catalogue and fails on one
that was forgotten.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import migrations

from careplan.access.classes import DataClass, Tier

READ = "{client} = any ((select guard.opened('{cls}'))::uuid[])"
WRITE = "{client} = any ((select guard.opened('{cls}', true))::uuid[])"
BY_JOB = "practice_id = any ((select guard.{practices}())::uuid[])"
LISTED = """(client_id = any ((select guard.related_clients())::uuid[])
    or practice_id = any ((select guard.{practices}())::uuid[]))"""
LISTING = {Tier.DIRECTORY: "directory_practices", Tier.OPERATIONS: "operations_practices"}


def run(sql: str, reverse: str) -> migrations.RunSQL:
    """One reversible statement list."""
    return migrations.RunSQL(sql, reverse)


def run_file(path: Path, *, reverse: str) -> migrations.RunSQL:
    """The statements of a readable .sql file."""
    return migrations.RunSQL(path.read_text(encoding="utf-8"), reverse)


def grant(table: str, rights: str) -> migrations.RunSQL:
    """Exactly these rights on one table for the running role."""
    return run(
        f'grant {rights} on "{table}" to cp_app',
        f'revoke {rights} on "{table}" from cp_app',
    )


def event_kinds(kinds: Iterable[str], data_class: DataClass) -> migrations.RunSQL:
    """Make these kinds of event writable (AUD-2), by whoever may write the class: the ledger refuses any other."""
    quoted = [f"'{kind}'" for kind in kinds]
    rows = ", ".join(f"({kind}, '{data_class}')" for kind in quoted)
    return run(
        f"insert into guard.event_kind(kind, data_class) values {rows}",
        f"delete from guard.event_kind where kind in ({', '.join(quoted)})",
    )


def protect(
    table: str,
    *,
    data_class: DataClass,
    append_only: bool = False,
    parents: Mapping[str, str] | None = None,
    evented: bool = True,
) -> list[migrations.RunSQL]:
    """Guard a record table: rows show only under an opening of `data_class`, children stay under their client.

    `parents` maps a column to the record table it points into: the key is (client_id, column) → (client_id, id).
    """
    operations = [
        _register(table, Tier.RECORD, data_class),
        _policies(
            table,
            READ.format(client="client_id", cls=data_class),
            _write(data_class),
            append_only,
        ),
        _composite_keys(table, parents or {}),
    ]
    if append_only:
        operations.append(freeze(table))
    if evented:
        operations.append(_needs_event(table))
    return operations


def protect_listed(
    table: str, *, tier: Tier, write_class: DataClass, evented: bool = True, by_job_only: bool = False
) -> list[migrations.RunSQL]:
    """Guard a directory or operations table: listed by relationship or role, written under an opening.

    `by_job_only` leaves relationships out: whoever cares for a client opens the record for what stands behind it.
    """
    listed = (BY_JOB if by_job_only else LISTED).format(practices=LISTING[tier])
    operations = [
        _register(table, tier, write_class),
        _policies(table, listed, _write(write_class), append_only=False),
        run(
            f'alter table "{table}" add constraint {table}_of_record foreign key (client_id, practice_id) '
            f"references guard.record (client_id, practice_id)",
            f'alter table "{table}" drop constraint {table}_of_record',
        ),
    ]
    return operations + ([_needs_event(table)] if evented else [])


def freeze(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on a table, whoever asks."""
    return run(
        f'create trigger frozen before update or delete on "{table}" for each row execute function guard.frozen();'
        f'create trigger frozen_whole before truncate on "{table}" execute function guard.frozen();',
        f'drop trigger frozen on "{table}"; drop trigger frozen_whole on "{table}";',
    )


def _write(data_class: DataClass) -> str:
    return WRITE.format(client="client_id", cls=data_class)


def _register(table: str, tier: Tier, data_class: DataClass) -> migrations.RunSQL:
    return run(
        f"insert into guard.protected_table(table_name, tier, data_class) values ('{table}', '{tier}', '{data_class}')",
        f"delete from guard.protected_table where table_name = '{table}'",
    )


def _policies(table: str, reads: str, writes: str, append_only: bool) -> migrations.RunSQL:
    rights = "select, insert" if append_only else "select, insert, update"
    update = (
        ""
        if append_only
        else f'create policy {table}_update on "{table}" for update to cp_app using ({writes}) with check ({writes});'
    )
    return run(
        f'alter table "{table}" enable row level security;'
        f'create policy {table}_read on "{table}" for select to cp_app using ({reads});'
        f'create policy {table}_insert on "{table}" for insert to cp_app with check ({writes});'
        f"{update}"
        f'grant {rights} on "{table}" to cp_app;',
        f'revoke all on "{table}" from cp_app;'
        + ("" if append_only else f'drop policy {table}_update on "{table}";')
        + f'drop policy {table}_insert on "{table}"; drop policy {table}_read on "{table}";'
        f'alter table "{table}" disable row level security;',
    )


def _composite_keys(table: str, parents: Mapping[str, str]) -> migrations.RunSQL:
    add = [
        f'alter table "{table}" add constraint {table}_own unique (client_id, id);',
        (
            f'alter table "{table}" add constraint {table}_of_record foreign key (client_id, practice_id) '
            f"references guard.record (client_id, practice_id);"
        ),
    ]
    drop = [
        f'alter table "{table}" drop constraint {table}_own;',
        f'alter table "{table}" drop constraint {table}_of_record;',
    ]
    for column, parent in parents.items():
        name = f"{table}_{column}_own"
        add.append(
            f'alter table "{table}" add constraint {name} foreign key (client_id, {column}) '
            f'references "{parent}" (client_id, id);'
        )
        drop.insert(0, f'alter table "{table}" drop constraint {name};')
    return run("".join(add), "".join(drop))


def _needs_event(table: str) -> migrations.RunSQL:
    return run(
        f'create constraint trigger has_event after insert or update on "{table}" deferrable initially deferred '
        f"for each row execute function guard.must_have_event()",
        f'drop trigger has_event on "{table}"',
    )
