"""`manage.py print_access > docs/access.md`: the review document of who reaches what."""

from typing import Any

from django.core.management.base import BaseCommand

from careplan.access.document import access_document


class Command(BaseCommand):
    help = "Print the table of purposes, roles and data classes."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the document to standard output."""
        self.stdout.write(access_document(), ending="")
