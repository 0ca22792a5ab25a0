"""`manage.py let_software_in`: lets a recipient's software into a practice, and prints what it signs in with, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careplan.accounts.models import Practice
from careplan.errors import Refused
from careplan.software.scopes import Scope
from careplan.software.services import NewApiClient, add_api_client


class Command(BaseCommand):
    help = "Let a recipient's software into a practice; it opens a client's billing only while that client permits it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which practice, and who receives, as the clients' permissions name them."""
        parser.add_argument("--practice", required=True, help="the practice's name")
        parser.add_argument("--recipient", required=True, help="who receives, exactly as permissions name them")
        parser.add_argument("--label", default="Billing system")
        parser.add_argument("--days", type=int, default=180)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the client id and the secret. Raises CommandError for a practice that isn't there."""
        practice = Practice.objects.filter(name=options["practice"]).first()
        if practice is None:
            raise CommandError("There is no practice of that name.")
        scopes = (Scope.BILLING_READ, Scope.BILLING_WRITE)
        new = NewApiClient(options["label"], options["recipient"], scopes, days=options["days"])
        try:
            made = add_api_client(new=new, practice_id=practice.pk, by=None)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"CLIENT_ID={made.client_id}\nCLIENT_SECRET={made.client_secret}")
