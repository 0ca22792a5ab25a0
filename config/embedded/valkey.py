"""Valkey for one installation: the tasks' broker and the cache. What it said it has, it has on disk."""

from __future__ import annotations

import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from config.embedded.binaries import valkey_server
from config.embedded.places import Places
from config.embedded.processes import Child

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "databases": "2",
    "appendonly": "yes",
    "save": "",
    "maxmemory": "256mb",
    "maxmemory-policy": "noeviction",
    "loglevel": "warning",
}


@dataclass(frozen=True)
class Valkey:
    """One Valkey on a socket, with no port. `throw_away` leaves the disk to itself: for tests."""

    places: Places
    program: Path
    throw_away: bool = False

    @classmethod
    def at(cls, places: Places, *, throw_away: bool = False) -> Valkey:
        """Returns the Valkey of these places."""
        return cls(places, valkey_server(places.account), throw_away)

    @property
    def socket(self) -> Path:
        """Returns the path of its socket."""
        return self.places.sockets / "valkey"

    def child(self) -> Child:
        """Returns the process, not yet started."""
        chosen = {
            **SETTINGS,
            "dir": str(self.places.server_folder("valkey")),
            "unixsocket": str(self.socket),
            "appendfsync": "no" if self.throw_away else "always",
        }
        return Child(
            name="broker",
            command=[str(self.program), *(word for name, value in chosen.items() for word in (f"--{name}", value))],
            log=self.places.logs / "broker.log",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            account=self.places.account,
            die_with=signal.SIGTERM,
        )

    def ready(self, pid: int) -> bool:
        """Returns whether it answers and has read its files."""
        return self._asked(b"PING").startswith(b"+PONG")

    def settle(self) -> None:
        """Stops what a killed supervisor left running: two servers would spoil each other's file."""
        deadline = time.monotonic() + 10
        while self._asked(b"PING") and time.monotonic() < deadline:
            self._asked(b"SHUTDOWN")
            time.sleep(0.1)

    def _asked(self, command: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1.0)
            try:
                line.connect(str(self.socket))
                line.sendall(command + b"\r\n")
                return line.recv(64)
            except OSError:
                return b""

    def keep_addresses(self) -> None:
        """Writes the addresses of broker and cache to the secrets."""
        self.places.keep_secret("CELERY_BROKER_URL", f"redis+socket://{self.socket}")
        self.places.keep_secret("CACHE_URL", f"unix://{self.socket}?db=1")
