"""What is answered on a call stays on its sheet and says how it was given; a closed sheet ends its calls."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run_file

SQL = Path(__file__).parent / "sql"
UNDO = """
drop trigger on_call_sheet on plans_answer;
drop trigger on_call_how on plans_answer;
drop trigger on_call_sheet on plans_item_revision;
drop policy plans_item_not_on_a_call on plans_item;
drop policy plans_sheet_not_on_a_call on plans_sheet;
drop policy plans_sheet_stays_as_it_is_on_a_call on plans_sheet;
drop trigger closing on plans_sheet;
drop function guard.plans_on_call_is_on_its_sheet, guard.plans_answer_on_a_call_says_so,
    guard.plans_closed_sheet_ends_calls;
"""


class Migration(migrations.Migration):
    dependencies = [("careplan", "0003_guard"), ("plans", "0005_signing")]

    operations = [run_file(SQL / "on_call.sql", reverse=UNDO)]
