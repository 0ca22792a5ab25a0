"""The tasks: late acknowledgement, bounded time, and a beat that only wakes sweepers."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

LONGEST_TASK = 40
RETURNED_AFTER = 60

app = Celery("careplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_soft_time_limit=LONGEST_TASK - 5,
    task_time_limit=LONGEST_TASK,
    task_annotations={"*": {"max_retries": 5}},
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # Tasks of a killed worker come back after RETURNED_AFTER seconds, not after the library's hour.
    broker_transport_options={
        "visibility_timeout": RETURNED_AFTER,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
    },
    beat_scheduler="config.beat:AtOnce",
    beat_schedule={
        "heartbeat": {"task": "careplan.heartbeat", "schedule": 10.0, "options": {"expires": 10}},
        "outgoing": {"task": "careplan.send_due", "schedule": 30.0, "options": {"expires": 30}},
        "reminders": {"task": "messaging.remind", "schedule": 30.0, "options": {"expires": 30}},
        "held": {"task": "plans.hold_ended", "schedule": 60.0, "options": {"expires": 60}},
        "seals": {"task": "careplan.seal_ledgers", "schedule": 60.0, "options": {"expires": 60}},
        "sessions": {"task": "careplan.forget_expired_sessions", "schedule": 3600.0, "options": {"expires": 3600}},
    },
    timezone="UTC",
)
app.autodiscover_tasks()
app.autodiscover_tasks(["careplan.outgoing"])


@worker_init.connect
def refuse_unsafe_database(**others: Any) -> None:
    """Keeps a worker from starting with rights that get around the guard (ACC-2c)."""
    from django.core.exceptions import ImproperlyConfigured

    from careplan import startup

    try:
        startup.refuse_unsafe_database()
    except ImproperlyConfigured as unsafe:
        raise SystemExit(str(unsafe)) from unsafe


@worker_process_init.connect
def end_with_the_worker(**others: Any) -> None:
    """Lets a pool process die with the worker that made it, even when that one is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
