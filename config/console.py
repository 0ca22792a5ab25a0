"""The commands of manage.py, once the environment stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from config.embedded import services
from config.embedded.places import data_folder


def run(command: str, arguments: Sequence[str]) -> int:
    """Runs one command; returns its exit code."""
    match command:
        case "demo":
            from config.embedded.demo import main as demo

            return demo(arguments)
        case "test":
            from config.embedded.testing import main as test

            return test(arguments)
        case "lint":
            from config.quality import main as lint

            return lint(arguments)
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
