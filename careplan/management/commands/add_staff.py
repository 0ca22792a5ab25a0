"""`manage.py add_staff`: somebody begins to work for a practice."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.shortcuts import resolve_url

from careplan.accounts.models import Practice
from careplan.accounts.roles import Role
from careplan.accounts.services import NewStaff, add_practice, add_staff
from careplan.errors import Refused

OFF_AT_FIRST = ("billing",)
"""A solo starts with Today, Clients, Calendar, Messages and Library; the rest comes when it is used (UI-10)."""


class Command(BaseCommand):
    """Adds a member of staff: their way in, their work for the practice, their roles."""

    help = "Adds a member of staff to a practice and says how they sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declares the words of the command."""
        parser.add_argument("--practice", required=True, help="the practice's name")
        parser.add_argument(
            "--name", required=True, help="as it stands under signed things, such as “Wren Adeyemi-Holt”"
        )
        parser.add_argument("--first-name", default="", help="what clients see; without it, the first word of the name")
        parser.add_argument("--title", default="", help="such as “Dr”, if any")
        parser.add_argument("--email", required=True)
        parser.add_argument("--role", required=True, action="append", choices=Role.values, help="repeat for several")
        parser.add_argument("--password-stdin", action="store_true", help="read the first password from standard input")
        parser.add_argument(
            "--new-practice", action="store_true", help="make the practice, with --country and --time-zone"
        )
        parser.add_argument("--country", default="", help="two letters")
        parser.add_argument("--time-zone", default="", help="such as Pacific/Auckland")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it, or says in a sentence why not."""
        new = NewStaff(
            name=options["name"],
            first_name=options["first_name"] or options["name"].split(" ")[0],
            title=options["title"],
            email=options["email"],
            password=self._password(from_stdin=options["password_stdin"]),
        )
        try:
            practice = self._practice(options)
            add_staff(practice=practice, new=new, roles=options["role"])
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"{new.name} works for {practice.name}. They sign in at {resolve_url(settings.LOGIN_URL)} with {new.email} "
            "and the password you gave; the first time they are asked to set up a second step with an authenticator "
            "app."
        )

    def _practice(self, options: dict[str, Any]) -> Practice:
        name = options["practice"]
        found = list(Practice.objects.filter(name=name)[:2])
        if options["new_practice"]:
            if found:
                raise Refused(f"There is a practice called {name} already; leave out --new-practice.")
            return add_practice(
                name=name, country=options["country"], time_zone=options["time_zone"], modules_off=OFF_AT_FIRST
            )
        if not found:
            raise Refused(f"There is no practice called {name}. To make it, add --new-practice --country --time-zone.")
        if len(found) > 1:
            raise Refused(f"More than one practice is called {name}.")
        return found[0]

    def _password(self, *, from_stdin: bool) -> str:
        if from_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        if not sys.stdin.isatty():
            raise CommandError("Give the first password on standard input, with --password-stdin.")
        first = getpass("First password (12 characters or more): ")
        if getpass("Once more: ") != first:
            raise CommandError("The two passwords differ.")
        return first
