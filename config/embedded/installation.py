"""One installation on one machine: database, broker, web, worker and beat under one supervisor."""

from __future__ import annotations

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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Self

from config.embedded import services
from config.embedded.places import LOCK, ROOT, Places, data_folder, hold, prepare, write_private
from config.embedded.processes import Child
from config.embedded.supervisor import Failed, Stopped, Supervisor, Watched

WEB_WORKERS = 2
WEB_THREADS = 4
APPS = ("careplan", "clients", "plans", "messaging")
MODE = "mode"
AFTER_A_KILL = 5.0  # seconds in which the web of a killed supervisor lets go of its port


@dataclass
class Installation:
    """One running installation: its places, its doors, its processes. `mode` is what it serves."""

    places: Places
    port: int
    doors: list[socket.socket]
    lock: int
    began: float = field(default_factory=time.monotonic)
    since: float = field(default_factory=time.time)
    environment: dict[str, str] = field(default_factory=dict)
    mode: ClassVar[str]

    @classmethod
    def prepared(cls, *, port: int, fresh: bool = False) -> Self:
        """Returns it with its port and its folder taken; refuses plainly when either is in use or serves another."""
        places = prepare(data_folder())
        _refuse_another_kind(places.data, cls.mode)
        lock = hold(places.data)
        if lock is None:
            running = read(places.data / LOCK)
            raise SystemExit(f"Careplan runs already on {places.data}{f': {running}' if running else '.'}")
        doors = open_doors(port, patience=AFTER_A_KILL if read(places.data / LOCK) else 0.0)
        if fresh:
            places.remove()
            places = prepare(places.data)
        os.ftruncate(lock, 0)
        os.write(lock, f"http://localhost:{port}/\n".encode())
        return cls(places, port, doors, lock)

    def start(self, supervisor: Supervisor) -> None:
        """Starts everything and waits until all of it has answered."""
        if self.places.moved():
            say(
                f"The servers run as {self.places.account.name if self.places.account else 'you'}, who cannot reach "
                f"{self.places.data}; their files are in {self.places.servers}."
            )
        services.make_keys(self.places)
        write_private(self.places.data / MODE, self.mode)
        chosen = services.chosen(self.places)
        if chosen.own_database or chosen.own_broker:
            say("Starting database and broker.")
        services.start(supervisor, chosen)
        self.environment = {
            **chosen.environment(),
            "CAREPLAN_MODE": self.mode,
            "CAREPLAN_DATA": str(self.places.data),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **self.settings(),
        }
        identity = chosen.database_identity()
        self._migrate(supervisor, identity)
        self.move_in(supervisor, identity)
        say("Starting web, worker and beat.")
        web = Watched(self._web(), lambda pid: self._health() is not None)
        supervisor.start(web, *(Watched(self._tasks(name), lambda pid: True) for name in ("worker", "beat")))
        supervisor.ready(web)
        supervisor.until(self._heartbeat_came, seconds=60, what="The tasks (beat, broker, worker)")

    def settings(self) -> dict[str, str]:
        """Returns what its processes are told beside where their services are."""
        return {}

    def move_in(self, supervisor: Supervisor, identity: str) -> None:
        """Does what has to be there before anybody comes; nothing, for most."""

    def _migrate(self, supervisor: Supervisor, identity: str) -> None:
        """Migrates unless this database has had exactly these migrations."""
        with self.once("migrated", migrations_digest() + identity) as due:
            if due:
                say("Bringing the tables up to date.")
                supervisor.run(self.command("migrate"), seconds=600)

    def once(self, name: str, what: str) -> _Once:
        """Gives whether this is still due for `what`; remembers it when the block ends well."""
        folder = self.places.data / "stamps"
        folder.mkdir(mode=0o700, exist_ok=True)
        return _Once(folder / name, hashlib.sha256(what.encode()).hexdigest())

    def command(self, name: str, output: Path | None = None) -> Child:
        """Returns a command of manage.py as a process, not yet started."""
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


def serve(installation: Installation, greet: Callable[[], None]) -> int:
    """Runs it until it is asked to stop; returns the exit code."""
    try:
        with Supervisor(say).on_duty() as supervisor:
            installation.start(supervisor)
            greet()
            supervisor.watch()
            say("\nStopping.")
        os.ftruncate(installation.lock, 0)
    except Stopped:
        say("\nStopped.")
    except Failed as failed:
        print(f"\n{failed}", file=sys.stderr)
        return 1
    return 0


def _refuse_another_kind(data: Path, mode: str) -> None:
    """Nobody real lives beside invented people, whatever the folder is called."""
    there = read(data / MODE)
    if there and there != mode:
        raise SystemExit(f"{data} is a {there} installation. Set CAREPLAN_DATA to a folder of its own for this one.")


@dataclass
class _Once:
    """Whether something is due, remembered after it was done without an error."""

    stamp: Path
    value: str

    def __enter__(self) -> bool:
        return read(self.stamp) != self.value

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


def migrations_digest() -> str:
    """Returns the fingerprint of every migration and what it reads: which tables this program expects."""
    digest = hashlib.sha256()
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            if path.suffix == ".sql" or (path.suffix == ".py" and path.parent.name == "migrations"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def read(path: Path) -> str:
    """Returns a small file's text; empty when it isn't there."""
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def say(sentence: str) -> None:
    """Prints a sentence at once."""
    print(sentence, flush=True)
