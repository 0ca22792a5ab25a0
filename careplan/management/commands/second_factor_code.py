"""`manage.py second_factor_code`: the six digits of an invented person, in the demo only."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careplan.accounts.models import User
from careplan.accounts.second_factor import current_code


class Command(BaseCommand):
    """Prints what a demo person's authenticator app would show now."""

    help = "Prints the six digits a demo person's app would show now. Works in the demo only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declares the words of the command."""
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the digits, or says why not."""
        if not settings.DEMO:
            raise CommandError("Only the demo's invented people have a second step that this machine knows.")
        user = User.objects.with_email(options["email"]).first()
        if user is None:
            raise CommandError("Nobody in the demo signs in with this e-mail address.")
        try:
            self.stdout.write(current_code(user=user))
        except Authenticator.DoesNotExist as missing:
            raise CommandError("This person has not set up a second step yet.") from missing
