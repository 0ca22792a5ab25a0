"""Two sweepers side by side, killed by signal 9 at random lines of ours and started again; prints at which lines.

    python -m tests.faults.sweepers KILLS SEED LATEST

Each is a process of its own, and dies within so many lines. The last two are left alone, so that the queue is worked
to its end.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = str(Path(__file__).resolve().parents[2])
OURS = tuple(f"{ROOT}/{place}/" for place in ("careplan/outgoing", "messaging/services", "messaging/selectors"))
SIDE_BY_SIDE = 2


def work(dies_at: int) -> None:
    """Sweeps until nothing is left, or until so many of our lines have run."""
    from careplan.outgoing.sending import send_due
    from messaging.services.reminders import plan_reminders, put_out_batch

    if dies_at:
        sys.settrace(_Death(dies_at).at)
    plan_reminders()
    while put_out_batch() + send_due() or _waiting():  # turn about, so that kills fall on both
        pass


def _waiting() -> bool:
    """Whether a reminder is due that the other sweeper has in hand now."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select waiting from guard.reminders_state()")
        return bool(cursor.fetchone()[0])


class _Death:
    """Counts our lines, and ends the process at one of them."""

    def __init__(self, left: int) -> None:
        self.left = left

    def at(self, frame: FrameType, event: str, _argument: Any) -> Any:
        """Follows our own files only."""
        if not frame.f_code.co_filename.startswith(OURS):
            return None
        if event == "line":
            self.left -= 1
            if self.left <= 0:
                where = f"{frame.f_code.co_filename.removeprefix(ROOT)}:{frame.f_lineno}\n"
                os.write(sys.stdout.fileno(), where.encode())
                os.kill(os.getpid(), signal.SIGKILL)
        return self.at


def start(dies_at: int) -> int:
    """The id of a new sweeper."""
    child = os.fork()
    if child == 0:
        try:
            work(dies_at)
        finally:
            os._exit(0)
    return child


def main(kills: int, seed: int, latest: int) -> None:
    """Keeps two at work until as many were killed, and then until the queue is empty."""
    chance = random.Random(seed)  # noqa: S311
    lives = {start(chance.randrange(1, latest) if number < kills else 0) for number in range(SIDE_BY_SIDE)}
    killed = 0
    while lives:
        gone, status = os.wait()
        lives.discard(gone)
        if os.WIFSIGNALED(status):
            killed += 1
            lives.add(start(chance.randrange(1, latest) if killed + len(lives) < kills else 0))


if __name__ == "__main__":
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    settings.OUTGOING, settings.EMAIL_BACKEND = "send", "tests.faults.provider.Provider"
    connections.close_all()
    main(*map(int, sys.argv[1:4]))
