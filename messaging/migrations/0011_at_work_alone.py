"""Staff's times are seen at work alone; a client is told when one is taken; a call reaches no calendar."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run_file

SQL = Path(__file__).parent / "sql"
UNDO = """
drop policy messaging_session_not_on_a_call on app.messaging_session;
drop policy messaging_reminder_not_on_a_call on app.messaging_reminder;
drop function guard.times_taken;
"""  # the other functions go on refusing


class Migration(migrations.Migration):
    dependencies = [("messaging", "0010_kept_is_charged"), ("plans", "0013_at_work_alone")]

    operations = [run_file(SQL / "at_work.sql", reverse=UNDO)]
