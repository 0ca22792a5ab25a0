"""`manage.py lint`: every check that reads the code and not the data."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.embedded.places import ROOT
from config.embedded.testing import say, throw_away

BIN = Path(sys.executable).parent
APPS = ("careplan", "clients", "plans", "messaging")
# As in production: everything from the environment, nothing relaxed.
PRODUCTION = {
    "CAREPLAN_MODE": "live",
    "ALLOWED_HOSTS": "careplan.example",
    "CSRF_TRUSTED_ORIGINS": "https://careplan.example",
}


def main(arguments: Sequence[str]) -> int:
    """Runs every check, also after one has failed; returns 1 when any has."""
    with throw_away() as environment:
        failed = [name for name, command, extra in _checks() if not _passes(name, command, {**environment, **extra})]
    if failed:
        print(f"\nNot clean: {', '.join(failed)}.", file=sys.stderr)
        return 1
    say("\nAll clean.")
    return 0


def _checks() -> list[tuple[str, list[str], Mapping[str, str]]]:
    apps = [app for app in APPS if (ROOT / app).is_dir()]
    django = [sys.executable, "manage.py"]
    return [
        ("ruff", [str(BIN / "ruff"), "check", "."], {}),
        ("ruff format", [str(BIN / "ruff"), "format", "--check", "."], {}),
        ("import-linter", [str(BIN / "lint-imports")], {}),
        ("mypy", [str(BIN / "mypy"), "config", *apps], {}),
        ("djlint", [str(BIN / "djlint"), "--lint", *apps], {}),
        ("migrations", [*django, "makemigrations", "--check", "--dry-run"], {}),
        ("check --deploy", [*django, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ]


def _passes(name: str, command: list[str], environment: Mapping[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=dict(environment), capture_output=True, text=True)
    passed = done.returncode == 0
    say(f"{'ok  ' if passed else 'FAIL'}  {name}  ({time.monotonic() - began:.1f} s)")
    if not passed:
        say((done.stdout + done.stderr).strip())
    return passed
