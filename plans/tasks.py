"""The task of plans: no arguments; the rows say what is due, and beat only wakes it."""

from __future__ import annotations

from celery import shared_task

from plans.services.charges import hold_ended


@shared_task(name="plans.hold_ended", ignore_result=True)
def hold() -> None:
    """Holds what was not sent when the clock has passed the end of its permission (BILL-6)."""
    hold_ended()
