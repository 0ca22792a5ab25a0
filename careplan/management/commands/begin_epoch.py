"""`manage.py begin_epoch`: after a backup was restored in its own place, numbering begins anew from there (AUD-1)."""

from typing import Any

from django.core.management.base import BaseCommand

from careplan.access.operator import operator_connection


class Command(BaseCommand):
    help = (
        "Say that a backup was restored in its own place: the feed tells its readers, and numbering goes on from there."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the new epoch's number. A database that was restored under another name needs no command."""
        with operator_connection() as operator:
            row = operator.execute("select guard.begin_epoch()").fetchone()
        self.stdout.write(f"Epoch {row[0] if row else '?'} has begun.")
