"""The beat of the tasks, without a memory of its own."""

from __future__ import annotations

from datetime import UTC, datetime

from celery.beat import Scheduler


class AtOnce(Scheduler):
    """A beat without memory: every entry is due when it starts, since due work is rows in the database."""

    def setup_schedule(self) -> None:
        """Fills the schedule and makes each entry due now."""
        super().setup_schedule()
        self.merge_inplace(self.app.conf.beat_schedule)
        for entry in self.schedule.values():
            entry.last_run_at = datetime(2000, 1, 1, tzinfo=UTC)
