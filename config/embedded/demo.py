"""`manage.py demo`: everything started, seeded and proved, with one command."""

from __future__ import annotations

import argparse
import contextlib
import errno
import hashlib
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import services
from config.embedded.places import LOCK, ROOT, Places, data_folder, hold, prepare, write_private
from config.embedded.processes import Child
from config.embedded.supervisor import Failed, Stopped, Supervisor, Watched

WEB_WORKERS = 2
WEB_THREADS = 4
APPS = ("careplan", "clients", "plans", "messaging")
PEOPLE = "people.txt"
AFTER_A_KILL = 5.0  # seconds in which the web of a killed supervisor lets go of its port


def main(arguments: Sequence[str]) -> int:
    """Runs the demo until it is asked to stop; returns the exit code."""
    options = _parse(arguments)
    try:
        demo = Demo.prepared(port=options.port, fresh=options.fresh, people=not options.no_demo_data)
        with Supervisor(say).on_duty() as supervisor:
            demo.start(supervisor)
            demo.greet()
            supervisor.watch()
            say("\nStopping.")
        os.ftruncate(demo.lock, 0)
    except Stopped:
        say("\nStopped.")
    except Failed as failed:
        print(f"\n{failed}", file=sys.stderr)
        return 1
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py demo", description="Starts Careplan with invented people.")
    parser.add_argument("--port", type=int, default=8000, help="where the pages are (8000)")
    parser.add_argument("--fresh", action="store_true", help="throw the demo's data away first")
    parser.add_argument("--no-demo-data", action="store_true", help="start empty, without the invented people")
    return parser.parse_args(arguments)


@dataclass
class Demo:
    """One running demo: its places, its doors, its processes."""

    places: Places
    port: int
    people: bool
    doors: list[socket.socket]
    lock: int
    began: float = field(default_factory=time.monotonic)
    since: float = field(default_factory=time.time)
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def prepared(cls, *, port: int, fresh: bool, people: bool) -> Demo:
        """Returns the demo with its port and its folder taken; refuses plainly when either is in use."""
        places = prepare(data_folder())
        lock = hold(places.data)
        if lock is None:
            running = _read(places.data / LOCK)
            raise SystemExit(f"Careplan runs already on {places.data}{f': {running}' if running else '.'}")
        doors = open_doors(port, patience=AFTER_A_KILL if _read(places.data / LOCK) else 0.0)
        if fresh:
            places.remove()
            places = prepare(places.data)
        os.ftruncate(lock, 0)
        os.write(lock, f"http://localhost:{port}/\n".encode())
        return cls(places, port, people, doors, lock)

    def start(self, supervisor: Supervisor) -> None:
        """Starts everything and waits until all of it has answered."""
        if self.places.moved():
            say(
                f"The servers run as {self.places.account.name if self.places.account else 'you'}, who cannot reach "
                f"{self.places.data}; their files are in {self.places.servers}."
            )
        services.make_keys(self.places)
        write_private(self.places.data / "mode", "demo")
        chosen = services.chosen(self.places)
        if chosen.own_database or chosen.own_broker:
            say("Starting database and broker.")
        services.start(supervisor, chosen)
        self.environment = {
            **chosen.environment(),
            "CAREPLAN_MODE": "demo",
            "CAREPLAN_DATA": str(self.places.data),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        identity = chosen.database_identity()
        self._migrate(supervisor, identity)
        self._seed(supervisor, identity)
        say("Starting web, worker and beat.")
        web = Watched(self._web(), lambda pid: self._health() is not None)
        supervisor.start(web, *(Watched(self._tasks(name), lambda pid: True) for name in ("worker", "beat")))
        supervisor.ready(web)
        supervisor.until(self._heartbeat_came, seconds=60, what="The tasks (beat, broker, worker)")

    def _migrate(self, supervisor: Supervisor, identity: str) -> None:
        """Migrates unless this database has had exactly these migrations."""
        with self._once("migrated", _migrations_digest() + identity) as due:
            if due:
                say("Bringing the tables up to date.")
                supervisor.run(self._command("migrate"), seconds=600)

    def _seed(self, supervisor: Supervisor, identity: str) -> None:
        """Lets the demo people move in, once."""
        seeder = next((app for app in APPS if (ROOT / app / "management/commands/seed_demo.py").exists()), None)
        if not self.people or seeder is None:
            return
        with self._once("seeded", identity) as due:
            if due:
                say("The demo people move in.")
                half = self.places.data / f"{PEOPLE}.half"
                half.unlink(missing_ok=True)
                supervisor.run(self._command("seed_demo", output=half), seconds=600)
                half.replace(self.places.data / PEOPLE)

    def _once(self, name: str, what: str) -> _Once:
        folder = self.places.data / "stamps"
        folder.mkdir(mode=0o700, exist_ok=True)
        return _Once(folder / name, hashlib.sha256(what.encode()).hexdigest())

    def _command(self, name: str, output: Path | None = None) -> Child:
        return self._python(name, ["manage.py", name], output=output)

    def _web(self) -> Child:
        binds = [word for door in self.doors for word in ("--bind", f"fd://{door.fileno()}")]
        child = self._python(
            "web",
            [
                *("-m", "gunicorn", "config.wsgi:application", *binds, "--worker-class", "gthread", "--preload"),
                *("--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS), "--no-control-socket"),
                *("--graceful-timeout", "5", "--log-level", "warning"),
            ],
            keep_fds=[door.fileno() for door in self.doors],
        )
        child.env = {**child.env, "CAREPLAN_WEB_POOL": str(WEB_THREADS)}
        return child

    def _tasks(self, name: str) -> Child:
        extra = {
            "worker": ["--concurrency", "1", "--without-gossip", "--without-mingle"],
            "beat": ["--pidfile", ""],
        }
        return self._python(name, ["-m", "celery", "-A", "config.celery", name, "-l", "WARNING", *extra[name]])

    def _python(
        self, name: str, words: list[str], *, keep_fds: Sequence[int] = (), output: Path | None = None
    ) -> Child:
        return Child(
            name=name,
            command=[sys.executable, *words],
            log=self.places.logs / f"{name}.log",
            env=self.environment,
            cwd=ROOT,
            keep_fds=keep_fds,
            output=output,
        )

    def _health(self) -> dict[str, object] | None:
        """Returns what the program says about itself, None while it does not answer or is not well."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                health: dict[str, object] = json.load(answer)
                return health
        except (OSError, ValueError, urllib.error.URLError):
            return None

    def _heartbeat_came(self) -> bool:
        came = (self._health() or {}).get("heartbeat")
        return isinstance(came, float) and came > self.since

    def greet(self) -> None:
        """Says where it is and who to sign in as."""
        people = _read(self.places.data / PEOPLE)
        say(f"\nCareplan is at http://localhost:{self.port}/  (started in {time.monotonic() - self.began:.1f} s)")
        if people:
            say(f"\n{people}")
        say(f"\nIts data is in {self.places.data}. Ctrl-C stops everything; the data stays.")


@dataclass
class _Once:
    """Whether something is due, remembered after it was done without an error."""

    stamp: Path
    value: str

    def __enter__(self) -> bool:
        return _read(self.stamp) != self.value

    def __exit__(self, kind: type[BaseException] | None, *others: object) -> None:
        if kind is None:
            write_private(self.stamp, self.value)


def open_doors(port: int, *, patience: float = 0.0) -> list[socket.socket]:
    """Returns listening sockets on localhost, held by us so that a restart of the web refuses nobody."""
    deadline = time.monotonic() + patience
    while True:
        doors: list[socket.socket] = []
        try:
            doors.append(_open_door(socket.AF_INET, "127.0.0.1", port))
            with contextlib.suppress(_NoSuchAddress):
                doors.append(_open_door(socket.AF_INET6, "::1", port))
            return doors
        except PermissionError as denied:
            raise SystemExit(f"Port {port} needs more rights than you have. Choose another: --port 8001") from denied
        except OSError as taken:
            for door in doors:
                door.close()
            if time.monotonic() > deadline:
                raise SystemExit(f"Port {port} is in use by another program. Choose another: --port 8001") from taken
            time.sleep(0.2)


class _NoSuchAddress(Exception):
    """This machine has no IPv6."""


def _open_door(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    try:
        door = socket.socket(family, socket.SOCK_STREAM)
    except OSError as unknown:
        raise _NoSuchAddress from unknown
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(128)
    except OSError as failed:
        door.close()
        if failed.errno == errno.EADDRNOTAVAIL:
            raise _NoSuchAddress from failed
        raise
    return door


def _migrations_digest() -> str:
    digest = hashlib.sha256()
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            if path.suffix == ".sql" or (path.suffix == ".py" and path.parent.name == "migrations"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def say(sentence: str) -> None:
    """Prints a sentence at once."""
    print(sentence, flush=True)
