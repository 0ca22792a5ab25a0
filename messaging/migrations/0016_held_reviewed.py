"""A held part of a note is looked at again: given to the client, or held on to another day."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, run_file

SQL = Path(__file__).parent / "sql"
UNDO = """drop function guard.held_review_on;
drop trigger has_event on app.messaging_note_held;
drop policy messaging_note_held_is_staffs on app.messaging_note_held;
create policy messaging_note_held_is_staffs on app.messaging_note_held as restrictive for select to cp_app
    using (not client_id = any ((select guard.portal_clients())::uuid[]));"""  # its rule goes on refusing


class Migration(migrations.Migration):
    dependencies = [("messaging", "0015_new_address")]

    operations = [
        migrations.AddField("noteheld", "given_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "noteheld",
            models.CheckConstraint(
                condition=Q(given_at=None) | ~Q(words=""), name="messaging_note_held_gives_something"
            ),
        ),
        event_kinds(["note.held_on", "note.given_back"], DataClass.NOTE),
        run_file(SQL / "held_reviewed.sql", reverse=UNDO),
    ]
