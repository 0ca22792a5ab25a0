"""The task of reminders: no arguments at all; the rows say what is due, and beat only wakes it (REM-7)."""

from __future__ import annotations

from celery import shared_task

from messaging.services.reminders import run_reminders


@shared_task(name="messaging.remind")
def remind() -> None:
    """Puts out whatever is due and may go."""
    run_reminders()
