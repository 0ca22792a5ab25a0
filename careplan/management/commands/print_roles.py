"""`manage.py print_roles`: the table of roles, as docs/roles.md holds it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from careplan.accounts.roles import roles_page


class Command(BaseCommand):
    """Prints the table of roles."""

    help = "Prints docs/roles.md."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the page."""
        self.stdout.write(roles_page(), ending="")
