"""Times away are seen and said at work alone, and nobody signs on a call."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run_file

SQL = Path(__file__).parent / "sql"
UNDO = """
drop policy plans_absence_said_at_work on app.plans_absence;
drop policy plans_absence_read on app.plans_absence;
create policy plans_absence_read on app.plans_absence for select to cp_app
    using (practice_id = nullif(current_setting('careplan.practice', true), '')::uuid);
"""  # the function goes on refusing


class Migration(migrations.Migration):
    dependencies = [("plans", "0012_seen_differently")]

    operations = [run_file(SQL / "at_work.sql", reverse=UNDO)]
