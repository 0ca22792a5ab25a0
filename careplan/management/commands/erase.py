"""`manage.py erase`: one person asks, another does it; both with their password (AUD-5)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any
from uuid import UUID

import psycopg
from django.core.management.base import BaseCommand, CommandError

from careplan.access.operator import operator_connection
from careplan.accounts.models import User
from careplan.ids import uuid7


class Command(BaseCommand):
    """Removes the content of one immutable row. Its hash stays, and its record says that something was removed."""

    help = (
        "Ask for content to be erased (--client, --table, --row, --basis), or do what another has asked for (--do). "
        "Both are managers or practice leads, and give their password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declares the words of the command."""
        parser.add_argument("--by", required=True, help="the e-mail that you sign in with")
        parser.add_argument("--client", type=UUID)
        parser.add_argument("--table", default="", help="such as plans_item_revision")
        parser.add_argument("--row", type=UUID)
        parser.add_argument("--basis", default="", help="on what ground, in a sentence")
        parser.add_argument("--do", type=UUID, help="the number that asking gave")
        parser.add_argument("--hold", action="store_true", help="put the client's record under a legal hold instead")
        parser.add_argument("--password-stdin", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it, or says in a sentence why not."""
        person = self._person(options)
        with operator_connection() as operator:
            try:
                self.stdout.write(self._act(operator, person, options))
            except psycopg.Error as refused:
                raise CommandError(f"Not done: {refused.diag.message_primary}.") from refused

    def _act(self, operator: psycopg.Connection, person: UUID, options: dict[str, Any]) -> str:
        if options["do"]:
            done = operator.execute("select guard.erase(%s, %s)", [options["do"], person]).fetchone()
            return f"Erased from {done[0] if done else 0} rows. Their hashes stay; audit_verify still holds."
        if not options["client"] or not options["basis"]:
            raise CommandError("Say --client and --basis.")
        number = uuid7()
        if options["hold"]:
            operator.execute("select guard.hold(%s, %s, %s, %s)", [number, options["client"], options["basis"], person])
            return "Held. Nothing of this record can be erased."
        asked = [number, options["client"], options["table"], options["row"], options["basis"], person]
        operator.execute("select guard.ask_erasure(%s, %s, %s, %s, %s, %s)", asked)
        return f"Asked. Somebody else does it: manage.py erase --by THEIR-EMAIL --do {number}"

    def _person(self, options: dict[str, Any]) -> UUID:
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else getpass("Your password: ")
        user = User.objects.with_email(options["by"]).filter(is_active=True).first()
        if user is None or not user.check_password(password):
            raise CommandError("That e-mail address and password don’t go together.")
        return user.person_id
