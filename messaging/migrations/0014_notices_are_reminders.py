"""That there is something new is a reminder like any other; and STOP in reply to a text."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run_file

SQL = Path(__file__).parent / "sql"
UNDO = """
drop function guard.something_new, guard.reminders_stop_number, guard.shows_nothing cascade;
drop index app.clients_contact_digits;
create function guard.notice_may_leave(p_person uuid, p_channel text) returns text
language sql stable as $$ select 'over' $$;
"""  # notices that were queued the former way do not leave


class Migration(migrations.Migration):
    dependencies = [("messaging", "0013_own_calendar"), ("clients", "0008_ledger_beside")]

    operations = [run_file(SQL / "notices.sql", reverse=UNDO)]
