"""`manage.py audit_verify`: says whether both ledgers are what was written, or names the first row that is not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careplan.access.operator import operator_connection
from careplan.ledger.verify import audit


class Command(BaseCommand):
    help = "Check the access and event ledgers; names the first edited, deleted, inserted, moved or missing row."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the counts, or raises CommandError with one line per broken chain."""
        with operator_connection() as owner:
            report = audit(owner)
        if report.findings:
            raise CommandError("\n".join(str(finding) for finding in report.findings))
        self.stdout.write(
            f"{report.events} events and {report.openings} openings, {report.sealed} of them sealed: all as written."
        )
