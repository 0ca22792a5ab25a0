"""`manage.py up`: the same as the demo for a real, small practice: no invented people, every protection on."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from config.embedded.installation import Installation, read, say, serve
from config.embedded.places import write_private

HOST = "host"
A_HOST = re.compile(r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$")


def main(arguments: Sequence[str]) -> int:
    """Runs the practice's installation until it is asked to stop; returns the exit code."""
    options = _parse(arguments)
    practice = Practice.prepared(port=options.port)
    practice.host = _host(practice, options.host)
    return serve(practice, practice.greet)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py up", description="Starts Careplan for a practice.")
    parser.add_argument(
        "--port", type=int, default=8000, help="where the web server listens, on this machine only (8000)"
    )
    parser.add_argument("--host", default="", help="the name people type, such as plan.example.org; kept once given")
    return parser.parse_args(arguments)


def _host(practice: Practice, given: str) -> str:
    """Returns the name people type, remembered from the first start."""
    kept = practice.places.data / HOST
    host = given.strip().lower() or read(kept)
    if not A_HOST.match(host):
        raise SystemExit("Say by which name people reach it: python3 manage.py up --host plan.example.org")
    write_private(kept, host)
    return host


@dataclass
class Practice(Installation):
    """An installation for real people. TLS ends in front of it, at a server that says so in X-Forwarded-Proto."""

    mode: ClassVar[str] = "live"
    host: str = ""

    def settings(self) -> dict[str, str]:
        """Returns the name it answers to, and whom it believes about TLS and addresses."""
        return {
            "ALLOWED_HOSTS": f"{self.host} 127.0.0.1",
            "CSRF_TRUSTED_ORIGINS": f"https://{self.host}",
            "TRUSTED_PROXY_HEADER": "HTTP_X_FORWARDED_PROTO",
            "TRUSTED_PROXIES": "1",
        }

    def greet(self) -> None:
        """Says where it is and what comes next."""
        say(f"\nCareplan listens on http://127.0.0.1:{self.port}/ for https://{self.host}/")
        say("Let a server with TLS pass requests on to it, with X-Forwarded-Proto and X-Forwarded-For set anew.")
        say("The first member of staff: python3 manage.py add_staff --help")
        say(
            "A backup, while it runs: python3 manage.py backup FILE; its keys apart: python3 manage.py export_keys FILE"
        )
        say(f"\nIts data is in {self.places.data}. Ctrl-C stops everything; the data stays.")
