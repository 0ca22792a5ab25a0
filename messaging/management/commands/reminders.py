"""`manage.py reminders`: the queue, the last run, what failed; with `--run`, one sweep now (REM-7)."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from messaging.services.reminders import LAST_RUN, run_reminders

QUERY = "select waiting, overdue, next_at, out_week, dropped_week, failed_week from guard.reminders_state()"


class Command(BaseCommand):
    """Counts alone: no name, no address."""

    help = "Shows the queue of reminders, the last run and failures."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--run` sweeps first."""
        parser.add_argument("--run", action="store_true", help="sweep once before showing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints one line each."""
        if options["run"]:
            self.stdout.write(f"put out now: {run_reminders()}")
        with connection.cursor() as cursor:
            cursor.execute(QUERY)
            waiting, overdue, next_at, out, dropped, failed = cursor.fetchone()
        ran = cache.get(LAST_RUN)
        self.stdout.write(f"last run: {ran.isoformat(timespec='seconds') if ran else 'none seen'}")
        self.stdout.write(f"waiting: {waiting}, of them more than five minutes late: {overdue}")
        self.stdout.write(f"next: {next_at.isoformat(timespec='seconds') if next_at else 'none'}")
        self.stdout.write(f"in the last seven days: put out {out}, not sent {dropped}, failed {failed}")
