"""Tasks of the kernel."""

from __future__ import annotations

import time

from celery import shared_task
from django.core.cache import cache

HEARTBEAT = "heartbeat"


@shared_task(name="careplan.heartbeat", ignore_result=True)
def heartbeat() -> None:
    """Leaves the time in the cache: proof that beat, broker and worker reach each other."""
    cache.set(HEARTBEAT, time.time(), timeout=None)


def last_heartbeat() -> float | None:
    """Returns when the last heartbeat came through, in seconds since 1970."""
    came: float | None = cache.get(HEARTBEAT)
    return came
