"""The tasks of the gate: ids alone, late acknowledged; what they miss the sweeper finds."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task
from kombu.exceptions import OperationalError

from careplan.outgoing.sending import send_due, send_one

log = logging.getLogger(__name__)


@shared_task(name="careplan.send_message")
def send_message(message_id: str) -> None:
    """Sends one message that is due."""
    send_one(UUID(message_id))


@shared_task(name="careplan.send_due")
def sweep() -> None:
    """Sends whatever is due and in nobody's hands."""
    send_due()


def send_soon(message_id: UUID) -> None:
    """Tells a worker of a message; with the broker away it waits for the sweeper."""
    try:
        send_message.apply_async((str(message_id),), retry=False, expires=60)
    except OperationalError:
        log.warning("The broker is away: a message waits for the sweeper.")
