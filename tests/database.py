"""The databases of the tests: one template made by the owner, a clone for each worker, a fresh one on demand.

Ordinary tests run in one transaction as cp_app, on a clone whose owner set `guard.mode.same_transaction_ok`.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "cp_test_"
TEMPLATE = "CAREPLAN_TEST_TEMPLATE"
WORLD = "CAREPLAN_TEST_WORLD"


def address(name: str) -> str:
    """Returns the address in NAME, or in the file that NAME_FILE names."""
    from careplan.env import required

    return required(name)


def owner_of(database: str) -> psycopg.Connection[Any]:
    """Returns an autocommit connection as the owner to one database."""
    return psycopg.connect(address("DATABASE_OWNER_URL"), dbname=database, autocommit=True)


def app_on(database: str) -> psycopg.Connection[Any]:
    """Returns an autocommit connection as the program to one database."""
    return psycopg.connect(address("DATABASE_URL"), dbname=database, autocommit=True)


def maintenance() -> psycopg.Connection[Any]:
    """Returns the owner's connection from which databases are made and dropped."""
    return psycopg.connect(address("DATABASE_OWNER_URL"), autocommit=True)


def make_template() -> str:
    """Makes, migrates and seeds the template in its own process; leaves its name and the ids in the environment."""
    name = f"{PREFIX}{secrets.token_hex(4)}"
    with maintenance() as owner:
        owner.execute(sql.SQL("create database {} template template0").format(sql.Identifier(name)))
    with owner_of(name) as owner:
        owner.execute((ROOT / "config" / "embedded" / "database.sql").read_bytes())
    os.environ[TEMPLATE] = name
    built = subprocess.run(
        [sys.executable, "-m", "tests.database"], cwd=ROOT, env=_environment(name), capture_output=True, text=True
    )
    if built.returncode:
        drop(name)
        raise SystemExit(f"The tests' template database could not be made:\n{built.stdout}\n{built.stderr}")
    os.environ[WORLD] = built.stdout.splitlines()[-1]
    return name


def _environment(database: str) -> Mapping[str, str]:
    addresses = {name: make_conninfo(address(name), dbname=database) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    return {**os.environ, **addresses}


def build() -> None:
    """Migrates and seeds the database that the environment names; prints the world's ids as its last line."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, check=True)
    call_command("check", databases=["default"], verbosity=0)
    print(json.dumps(_seed(), default=str))
    connections.close_all()


def _seed() -> object:
    if not (ROOT / "tests" / "world.py").exists():
        return {}
    from tests import world

    return world.build()


def clone(name: str, *, same_transaction_ok: bool) -> str:
    """Makes a clone of the template. Cloning drops the rights of databases, so PUBLIC's are revoked again."""
    with maintenance() as owner:
        owner.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(
                sql.Identifier(name), sql.Identifier(os.environ[TEMPLATE])
            )
        )
        owner.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
        owner.execute(sql.SQL("grant connect on database {} to cp_app, cp_backup").format(sql.Identifier(name)))
    if same_transaction_ok:
        with owner_of(name) as owner:
            owner.execute("update guard.mode set same_transaction_ok = true")
    return name


def drop(name: str) -> None:
    """Drops a test database, once the sessions that have just been closed are gone."""
    with maintenance() as owner:
        owner.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


def worker_name() -> str:
    """Returns the name of this worker's clone."""
    return f"{os.environ[TEMPLATE]}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def connected_database() -> str:
    """Returns the name of the database that Django is connected to now."""
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def point_at(name: str) -> None:
    """Points Django's connection, and every one that other threads make later, at a database."""
    from django.db import connections

    connections.close_all()
    connections.settings["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


@contextmanager
def fresh_clone() -> Iterator[str]:
    """Gives a clone of its own, in which nothing is shared with a transaction of the test."""
    before = connected_database()
    name = clone(f"{worker_name()}_{secrets.token_hex(3)}", same_transaction_ok=False)
    point_at(name)
    try:
        yield name
    finally:
        point_at(before)
        drop(name)


def world() -> Any:
    """Returns what tests/world.py built, read back from JSON."""
    return {key: UUID(made) for key, made in json.loads(os.environ.get(WORLD, "{}")).items()}


def name_in(conninfo: str) -> str:
    """Returns the database's name in an address."""
    return str(conninfo_to_dict(conninfo).get("dbname", ""))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    build()
