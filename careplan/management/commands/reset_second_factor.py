"""`manage.py reset_second_factor`: for somebody who has lost their phone and their recovery codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careplan.accounts.models import User
from careplan.accounts.second_factor import remove_second_factor


class Command(BaseCommand):
    """Takes somebody's second step away, so that the next sign-in sets up a new one."""

    help = "Takes a member of staff's second step away and ends their sessions; the next sign-in sets up a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declares the words of the command."""
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it, or says that there is nobody."""
        user = User.objects.with_email(options["email"]).first()
        if user is None:
            raise CommandError("Nobody signs in with this e-mail address.")
        remove_second_factor(user=user)
        self.stdout.write(
            "Done. Make sure that it is really them before they sign in: the password alone will do once."
        )
