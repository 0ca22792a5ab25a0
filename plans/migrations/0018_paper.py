"""Who said no to signing on a screen signs on paper (CONS-4, PLAN-10)."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run_file

SQL = Path(__file__).parent / "sql"
UNDO = """
drop trigger wanted_on_a_screen on plans_signature;
drop function guard.plans_signature_is_wanted_on_a_screen;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0011_consent_clocks"), ("plans", "0017_whose_billing")]

    operations = [run_file(SQL / "paper.sql", reverse=UNDO)]
