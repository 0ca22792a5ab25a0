"""The commands of manage.py, once the environment stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from config.embedded import services
from config.embedded.places import data_folder

HELP = """Careplan

  python3 manage.py demo    starts everything, with invented people, on http://localhost:8000/
                            --port 8001   another port
                            --fresh       throw the demo's data away first
                            --no-demo-data  start empty
  python3 manage.py up      starts it for a small practice: no invented people, TLS in front of it
                            --host plan.example.org  the name people type (kept)
  python3 manage.py backup FILE            everything in the database, while it runs
  python3 manage.py export_keys FILE       its keys, to be kept apart from the backups
  python3 manage.py restore FILE --keys K  into an empty data folder
  python3 manage.py verify_plan FILE       whether a downloaded plan is what was exported; needs nothing else
  python3 manage.py test    runs every test; what follows goes to pytest
  python3 manage.py lint    runs every check of the code

Everything else is Django's: `python3 manage.py help --commands` lists it. Such a command works on the running demo,
unless DATABASE_URL and its companions name another installation."""

OWN = {
    "demo": "config.embedded.demo",
    "up": "config.embedded.up",
    "test": "config.embedded.testing",
    "lint": "config.quality",
    "verify_plan": "plans.bundle.command",
}
"""Commands that don't pass through Django, each with the module whose `main` it is: loaded when it is asked for."""


def run(command: str, arguments: Sequence[str]) -> int:
    """Runs one command; returns its exit code."""
    match command:
        case "help" if not arguments:
            print(HELP)
            return 0
        case _ if command in OWN:
            code: int = import_module(OWN[command]).main(arguments)
            return code
        case "backup" | "restore" | "export_keys":
            from config.embedded import backup

            keeper = {"backup": backup.backup, "restore": backup.restore, "export_keys": backup.export_keys}
            return keeper[command](arguments)
        case "makemigrations":
            from config.embedded.testing import throw_away

            with throw_away() as environment:
                os.environ.update(environment)
                return _django([command, *arguments])
        case _:
            _reach_installation(data_folder())
            return _django([command, *arguments])


def _reach_installation(data: Path) -> None:
    """Lets Django's own commands find the installation in the data folder, unless the environment names another."""
    os.environ.update(services.missing(data / "secrets"))
    mode = data / "mode"
    if mode.exists():
        os.environ.setdefault("CAREPLAN_MODE", mode.read_text().strip())


def _django(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["manage.py", *arguments])
    except ImproperlyConfigured as incomplete:
        print(incomplete, file=sys.stderr)
        return 1
    return 0
