"""The services a run needs: our own where nothing else is named, ready for use."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from config.embedded.places import ADDRESSES, KEYS, Places
from config.embedded.postgres import Postgres
from config.embedded.supervisor import Supervisor, Watched
from config.embedded.valkey import Valkey

EXTERNAL_DATABASE = ("DATABASE_URL", "DATABASE_OWNER_URL")
EXTERNAL_BROKER = ("CELERY_BROKER_URL", "CACHE_URL")


@dataclass(frozen=True)
class Services:
    """Which services are ours to start, and the environment that names them all."""

    places: Places
    own_database: bool
    own_broker: bool

    def database_identity(self) -> str:
        """Returns what tells this database from any other."""
        return Postgres.at(self.places).identity() if self.own_database else os.environ.get("DATABASE_URL", "")

    def environment(self) -> dict[str, str]:
        """Returns the variables that lead a process to database, broker, cache and keys."""
        return {**os.environ, **missing(self.places.secrets)}


def chosen(places: Places) -> Services:
    """Returns what is to be started; refuses half a set of addresses."""
    return Services(
        places,
        own_database=not _all_given(EXTERNAL_DATABASE, "an external database"),
        own_broker=not _all_given(EXTERNAL_BROKER, "an external broker"),
    )


def start(supervisor: Supervisor, services: Services, *, throw_away: bool = False) -> None:
    """Starts our own database and broker side by side; afterwards both work and their addresses are known."""
    places = services.places
    broker = Valkey.at(places, throw_away=throw_away) if services.own_broker else None
    database = Postgres.at(places, throw_away=throw_away) if services.own_database else None
    started: list[Watched] = []
    if broker:
        broker.settle()
        started.append(Watched(broker.child(), broker.ready))
        supervisor.start(started[-1])
        broker.keep_addresses()
    if database:
        database.create()
        database.settle()
        started.append(Watched(database.child(), database.ready))
        supervisor.start(started[-1])
    supervisor.ready(*started)
    if database:
        database.bootstrap()
        database.keep_addresses()


def make_keys(places: Places) -> None:
    """Makes the keys of this installation once: Django's and the one for encrypted fields (AUTH-4)."""
    places.secret("SECRET_KEY", lambda: secrets.token_urlsafe(50))
    places.secret("FIELD_KEYS", lambda: f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}")


def missing(folder: Path) -> dict[str, str]:
    """Returns what the environment lacks and the secrets in this folder have: NAME_FILE for each NAME."""
    return {
        f"{name}_FILE": str(folder / name)
        for name in (*ADDRESSES, *KEYS)
        if not _given(name) and (folder / name).exists()
    }


def _given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _all_given(names: tuple[str, ...], what: str) -> bool:
    given = [name for name in names if _given(name)]
    if given and len(given) < len(names):
        missing = " and ".join(name for name in names if name not in given)
        raise SystemExit(f"{given[0]} names {what}; set {missing} too.")
    return bool(given)
