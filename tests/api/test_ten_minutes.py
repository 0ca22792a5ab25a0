"""BILL-10: the script of docs/api.md, as it is written there, comes to a readiness answer from what the demo seeds."""

import io
import json
import re
import shlex
import shutil
import subprocess
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command

from plans.demo.billing import PAYER, seed_billing
from tests.billing.town import Town
from tests.messaging.calendar import Desk
from tests.world import actor

pytestmark = [
    pytest.mark.committed,
    pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="the script needs curl and jq"),
]
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
BY_COMMAND = re.compile(r'eval "\$\(python3 manage\.py (?P<command>.*)\)"')


@dataclass
class Demo:
    world: dict

    @property
    def clients(self):
        return {"roz": self.world["roz"]}

    def actor(self, key):
        return actor(self.world, key)

    def lead_of(self, client):
        return self.actor("imani")


def documented():
    """The second shell of the guide."""
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return next(block for block in blocks if "BASE=" in block)


def by_command(found):
    name, *arguments = shlex.split(found["command"])
    said = io.StringIO()
    with redirect_stdout(said):
        call_command(name, *arguments)
    return said.getvalue()


def runs(script, base):
    """What the script says last, with the test's own address and the command run here."""
    here = BY_COMMAND.sub(by_command, script.replace("http://localhost:8000", base))
    done = subprocess.run(["bash", "-euc", here], capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)


def test_the_documented_commands_come_to_a_readiness_answer(world, live_url):
    """BILL-10: from what the demo seeds to `ready`, with curl and jq and nothing else."""
    town = Town(world)
    town.permits("roz", recipient=PAYER)
    town.diagnosed("roz")
    Desk(world).kept()
    seed_billing(Demo(world))
    said = runs(documented(), live_url)
    assert said["ready"] is True
    assert {why["effect"] for why in said["reasons"]} == {"note"}
