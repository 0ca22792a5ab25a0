"""Sealing beside other tests: any open transaction of the same PostgreSQL holds the horizon, so a test waits for it."""

import time
from datetime import timedelta

from careplan.ledger.sealing import Batch, seal_ledgers, waiting_for


def seal_all(seconds: float = 120) -> Batch:
    """Seal until nothing waits; answer the last batch, and fail if there was none in this time."""
    last = None
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        last = seal_ledgers() or last
        if last and waiting_for() == timedelta():
            return last
        time.sleep(0.2)
    raise AssertionError("nothing could be sealed: another transaction held the horizon")
