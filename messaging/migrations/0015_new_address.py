"""What waits to leave is taken back when a client's number or address changes."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run_file

SQL = Path(__file__).parent / "sql"
UNDO = "drop trigger address_moved on app.clients_contact; drop function guard.messaging_address_moved;"


class Migration(migrations.Migration):
    dependencies = [("messaging", "0014_notices_are_reminders")]

    operations = [run_file(SQL / "new_address.sql", reverse=UNDO)]
