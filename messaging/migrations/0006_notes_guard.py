"""The rules of session notes in the database: drafts, locks, held parts (APPT-4)."""

from pathlib import Path

from django.db import migrations

from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, protect, run_file

SQL = Path(__file__).parent / "sql"
NOTE = DataClass.NOTE
UNDO = """drop policy messaging_note_draft_is_its_authors on app.messaging_note;
drop policy messaging_note_held_is_staffs on app.messaging_note_held;
drop policy messaging_note_held_of_what_is_seen on app.messaging_note_held;
drop trigger has_event on app.messaging_note;
drop function guard.messaging_note_is_sound, guard.messaging_note_held_is_sound, guard.messaging_note_addendum_is_sound
    cascade;"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0005_notes")]

    operations = [
        event_kinds(["note.signed", "note.added_to"], NOTE),
        *protect("messaging_note", data_class=NOTE, evented=False, parents={"session_id": "messaging_session"}),
        *protect("messaging_note_held", data_class=NOTE, evented=False, parents={"note_id": "messaging_note"}),
        *protect("messaging_note_addendum", data_class=NOTE, append_only=True, parents={"note_id": "messaging_note"}),
        run_file(SQL / "notes.sql", reverse=UNDO),
    ]
