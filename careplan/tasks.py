"""Tasks of the kernel."""

from __future__ import annotations

import time

from celery import shared_task
from django.core.cache import cache

from careplan.accounts.sessions import forget_expired
from careplan.ledger.sealing import seal_ledgers, waiting_for
from careplan.software.once import forget_old_keys
from careplan.software.services import forget_expired_tokens

HEARTBEAT = "heartbeat"


@shared_task(name="careplan.heartbeat", ignore_result=True)
def heartbeat() -> None:
    """Leaves the time in the cache: proof that beat, broker and worker reach each other."""
    cache.set(HEARTBEAT, time.time(), timeout=None)


@shared_task(name="careplan.forget_expired_sessions", ignore_result=True)
def forget_expired_sessions() -> None:
    """Removes what has run out and opens nothing any more: sessions, tokens of software, keys of its requests."""
    forget_expired()
    forget_expired_tokens()
    forget_old_keys()


@shared_task(name="careplan.seal_ledgers", ignore_result=True)
def seal() -> None:
    """Numbers and signs what is settled in both ledgers; says in the log when the seals stand still (AUD-1)."""
    seal_ledgers()
    waiting_for()


def last_heartbeat() -> float | None:
    """Returns when the last heartbeat came through, in seconds since 1970."""
    came: float | None = cache.get(HEARTBEAT)
    return came
