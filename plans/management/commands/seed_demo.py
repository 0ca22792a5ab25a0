"""`manage.py seed_demo`: the invented people of the demo move in; prints who to sign in as."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careplan.accounts.models import User
from clients.demo import EMAIL as CLIENT
from plans.demo.seeding import email, people, seed


class Command(BaseCommand):
    help = "Seed the demo's invented people, once, and say who to sign in as."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the people. Raises CommandError outside the demo: nobody real lives beside invented people."""
        if not settings.DEMO:
            raise CommandError("Only the demo has demo people: python3 manage.py demo")
        data = people()
        if not User.objects.with_email(email(data["staff"][0]["key"])).exists():
            seed()
        for line in _who_to_sign_in_as(data):
            self.stdout.write(line)


def _who_to_sign_in_as(data: dict[str, Any]) -> list[str]:
    width = max(len(email(person["key"])) for person in data["staff"])
    people_lines = [
        f"  {email(person['key']):<{width}}  {person['name']}, {person['title'].lower()}" for person in data["staff"]
    ]
    return [
        "Sign in at /practice/ as one of these invented people:",
        *people_lines,
        f"Password for each: {data['password']}",
        f"Second step: six digits from `python3 manage.py second_factor_code --email {email('wren')}`,",
        f"or from an authenticator app with the key {data['totp_secret']}.",
        f"Sign in at /my/ as a client: {CLIENT}, the same password. She is Roz.",
        "Tomek and Hollis are Wren’s clients, Roz is Imani’s. Hollis has no plan yet: make it together, in the room.",
    ]
