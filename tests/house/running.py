"""An installation of its own for a test: started like a person starts it, on a folder that goes away."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EMPTY = {"demo": ["--no-demo-data"]}
OURS = ("CAREPLAN_", "DATABASE_", "CELERY_", "CACHE_", "SECRET_KEY", "FIELD_KEYS", "DJANGO_", "PYTEST_")


def plain_environment(**added: str) -> dict[str, str]:
    """Returns the environment without anything that the tests put there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PYTHONUNBUFFERED": "1", **added}


def free_port() -> int:
    """Returns a port that nobody uses at the moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def wait_until(true: Callable[[], Any], *, seconds: float, what: str) -> Any:
    """Returns the first true answer; fails with `what` when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := true():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds:.0f} s: {what}")


@dataclass
class Running:
    """A started installation: its process, its address, everything it started."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    def start(self, *words: str, command: str = "demo") -> None:
        """Starts it, an empty demo or a practice, and waits until it says where it is."""
        output = self.folder / "said"
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", command, *EMPTY.get(command, []), "--port", str(self.port), *words],
            cwd=ROOT,
            env=plain_environment(CAREPLAN_DATA=str(self.folder / "data")),
            stdout=output.open("w"),
            stderr=subprocess.STDOUT,
            text=True,
        )
        wait_until(
            lambda: self.process.poll() is not None or "Ctrl-C stops everything" in output.read_text(),
            seconds=120,
            what="started",
        )
        assert self.process.poll() is None, output.read_text()

    def manage(self, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a command of manage.py on this installation."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=plain_environment(CAREPLAN_DATA=str(self.folder / "data")),
            input=said,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def said(self) -> str:
        """Returns everything it has printed."""
        return (self.folder / "said").read_text()

    def secret(self, name: str) -> str:
        """Returns one of its addresses."""
        return (self.folder / "data" / "secrets" / name).read_text().strip()

    def health(self) -> dict[str, Any]:
        """Returns what it says about itself; empty while it does not answer."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/healthz", timeout=5) as answer:
                return json.load(answer)
        except (OSError, ValueError):
            return {}

    def heartbeat_after(self, moment: float) -> bool:
        """Returns whether a heartbeat came through after the moment."""
        return (self.health().get("heartbeat") or 0) > moment

    def children(self) -> dict[str, int]:
        """Returns the process ids by what they are."""
        marks = {"web": "gunicorn", "worker": "celery\0-A\0config.celery\0worker", "beat": "config.celery\0beat"}
        marks |= {"broker": "valkey-server", "database": "bin/postgres"}
        mine = [pid for pid, parent in processes().items() if parent == self.process.pid]
        return {name: pid for pid in mine for name, mark in marks.items() if mark in command_of(pid)}

    def descendants(self) -> set[int]:
        """Returns the ids of every process that stems from it."""
        found, all_of_them = {self.process.pid}, processes()
        while more := {pid for pid, parent in all_of_them.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ends it; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(60)


def processes() -> dict[int, int]:
    """Returns every running process and its parent; the dead that wait for their parent are not counted."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(folder.name)] = int(parent)
    return found


def command_of(pid: int) -> str:
    """Returns the command line of a process, words separated by NUL."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
