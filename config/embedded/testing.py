"""`manage.py test`: throw-away services, the whole suite, and nothing left afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from config.embedded import services
from config.embedded.places import ROOT, SHARED_PARENTS, Places, prepare
from config.embedded.processes import can_reach, dies_with_us, server_account
from config.embedded.supervisor import Failed, Stopped, Supervisor

WORKERS = "2"
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Runs the tests with the arguments for pytest; returns pytest's exit code."""
    try:
        with throw_away() as environment:
            return _pytest(arguments, environment)
    except Stopped:
        return INTERRUPTED
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1


@contextlib.contextmanager
def throw_away() -> Iterator[dict[str, str]]:
    """Gives the environment of services that live as long as this block."""
    began = time.monotonic()
    with _places() as places, Supervisor(say).on_duty() as supervisor:
        chosen = services.chosen(places)
        services.make_keys(places)
        services.start(supervisor, chosen, throw_away=True)
        say(f"Database and broker for the tests: {time.monotonic() - began:.1f} s.")
        yield {
            **chosen.environment(),
            "CAREPLAN_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONUNBUFFERED": "1",
        }


@contextlib.contextmanager
def _places() -> Iterator[Places]:
    """Gives new places that the servers can reach, removed afterwards wherever they lie."""
    account = server_account()
    parents = (Path(tempfile.gettempdir()), *reversed(SHARED_PARENTS))
    parent = next((each for each in parents if each.is_dir() and can_reach(each, account)), parents[0])
    folder = Path(tempfile.mkdtemp(prefix="careplan-test-", dir=parent))
    try:
        places = prepare(folder)
        try:
            yield places
        finally:
            places.remove()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pytest(arguments: Sequence[str], environment: dict[str, str]) -> int:
    """Runs pytest in the foreground: it hears Ctrl-C itself, and takes a SIGTERM to us for one."""
    command = [sys.executable, "-m", "pytest", *_workers(arguments), *arguments]
    running = subprocess.Popen(command, cwd=ROOT, env=environment, preexec_fn=dies_with_us(None, signal.SIGINT))
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda got, frame: running.send_signal(signal.SIGINT))
    return running.wait()


def _workers(arguments: Sequence[str]) -> list[str]:
    chosen = any(word.startswith(("-n", "--numprocesses")) or word == "--pdb" for word in arguments)
    return [] if chosen else ["-n", os.environ.get("CAREPLAN_TEST_WORKERS", WORKERS), "--dist", "worksteal"]


def say(sentence: str) -> None:
    """Prints a sentence at once."""
    print(sentence, flush=True)
