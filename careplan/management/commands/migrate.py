"""`migrate`, as the owner: the running role may not change tables (ACC-2d)."""

from __future__ import annotations

from typing import Any

import psycopg
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from careplan.env import secret


class Command(DjangoMigrate):
    """Django's migrate, on the owner's address; a second one at the same time waits for the first."""

    def check(self, *args: Any, **options: Any) -> None:
        """Checks all but the database: the owner is the one role that the start-up check refuses."""
        super().check(*args, **{**options, "databases": None})

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates as the owner."""
        owner = secret("DATABASE_OWNER_URL")
        if not owner:
            raise CommandError("migrate works as the database's owner: set DATABASE_OWNER_URL.")
        alias = connections[options["database"]]
        _act_as(alias.settings_dict, owner)
        alias.close()
        with psycopg.connect(owner, dbname=alias.settings_dict["NAME"]) as waiting:
            waiting.execute("select pg_advisory_xact_lock(hashtext('careplan.migrate'))")
            super().handle(*args, **options)


def _act_as(settings: dict[str, Any], address: str) -> None:
    """Points a connection's settings at the address; the database keeps its name."""
    owner = conninfo_to_dict(address)
    settings["USER"] = owner.get("user", "")
    settings["PASSWORD"] = owner.get("password", "")
    settings["HOST"] = owner.get("host", "")
    settings["PORT"] = str(owner.get("port", "") or "")
    settings["OPTIONS"].pop("pool", None)
