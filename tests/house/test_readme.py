"""What the README tells a stranger to type is what there is."""

import os
import re

from config.console import HELP
from tests.house.running import ROOT

COMMANDS = ("python3 manage.py demo", "python3 manage.py test")


def test_the_readme_shows_the_two_commands():
    readme = (ROOT / "README.md").read_text()

    for command in COMMANDS:
        assert command in readme
        assert command in HELP


def test_every_command_in_the_readme_exists():
    typed = set(re.findall(r"manage\.py (\w+)", (ROOT / "README.md").read_text()))
    ours = {"demo", "test", "lint", "up", "backup", "restore", "export_keys", "verify_plan"}
    files = {path.stem for path in ROOT.glob("*/management/commands/*.py")}

    assert typed <= ours | files | {"help", "shell"}


def test_ci_runs_the_readmes_test_command():
    run = ROOT / ".ci" / "run"

    assert os.access(run, os.X_OK)
    assert COMMANDS[1] in run.read_text()
