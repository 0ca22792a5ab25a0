"""`manage.py demo`: everything started, seeded and proved, with one command."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from config.embedded.installation import APPS, Installation, read, say, serve
from config.embedded.places import ROOT
from config.embedded.supervisor import Supervisor

PEOPLE = "people.txt"


def main(arguments: Sequence[str]) -> int:
    """Runs the demo until it is asked to stop; returns the exit code."""
    options = _parse(arguments)
    demo = Demo.prepared(port=options.port, fresh=options.fresh)
    demo.people = not options.no_demo_data
    return serve(demo, demo.greet)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py demo", description="Starts Careplan with invented people.")
    parser.add_argument("--port", type=int, default=8000, help="where the pages are (8000)")
    parser.add_argument("--fresh", action="store_true", help="throw the demo's data away first")
    parser.add_argument("--no-demo-data", action="store_true", help="start empty, without the invented people")
    return parser.parse_args(arguments)


@dataclass
class Demo(Installation):
    """A demo, with the invented people in it."""

    mode: ClassVar[str] = "demo"
    people: bool = True

    def settings(self) -> dict[str, str]:
        """Returns where its own links lead."""
        return {"PUBLIC_URL": f"http://localhost:{self.port}"}

    def move_in(self, supervisor: Supervisor, identity: str) -> None:
        """Lets the demo people move in, once."""
        seeder = next((app for app in APPS if (ROOT / app / "management/commands/seed_demo.py").exists()), None)
        if not self.people or seeder is None:
            return
        with self.once("seeded", identity) as due:
            if due:
                say("The demo people move in.")
                half = self.places.data / f"{PEOPLE}.half"
                half.unlink(missing_ok=True)
                supervisor.run(self.command("seed_demo", output=half), seconds=600)
                half.replace(self.places.data / PEOPLE)

    def greet(self) -> None:
        """Says where it is and who to sign in as."""
        people = read(self.places.data / PEOPLE)
        say(f"\nCareplan is at http://localhost:{self.port}/  (started in {time.monotonic() - self.began:.1f} s)")
        if people:
            say(f"\n{people}")
        say(f"\nNothing leaves: what would have is at http://localhost:{self.port}/demo/outbox/")
        say(f"\nIts data is in {self.places.data}. Ctrl-C stops everything; the data stays.")
