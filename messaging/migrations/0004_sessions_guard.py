"""The rules of the calendar in the database: no overlap, whose hand, which moves (APPT-1, CONS-12)."""

from pathlib import Path

from django.db import migrations

from careplan.access.classes import DataClass, Tier
from careplan.access.sql import event_kinds, grant, protect, protect_listed, run_file

SQL = Path(__file__).parent / "sql"
KINDS = [f"session.{verb}" for verb in ("booked", "asked", "turned_down", "moved", "cancelled", "kept", "missed")]
FIRST_UNDO = """alter table app.messaging_session drop constraint messaging_session_own;
alter table app.messaging_slot drop constraint messaging_slot_no_overlap;
drop extension btree_gist; drop schema extensions;"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_sessions"), ("clients", "0007_consent_engine")]

    operations = [
        event_kinds(KINDS, DataClass.NOTE),
        event_kinds(["session.lines_linked"], DataClass.PLAN),
        event_kinds(["session.agenda_written"], DataClass.MESSAGE),
        run_file(SQL / "sessions_first.sql", reverse=FIRST_UNDO),
        *protect_listed("messaging_session", tier=Tier.DIRECTORY, write_class=DataClass.NOTE),
        *protect(
            "messaging_session_line",
            data_class=DataClass.PLAN,
            parents={"session_id": "messaging_session", "item_id": "plans_item"},
        ),
        *protect("messaging_agenda", data_class=DataClass.MESSAGE, parents={"session_id": "messaging_session"}),
        grant("messaging_calendar_rules", "select, insert, update"),
        run_file(SQL / "sessions.sql", reverse=(SQL / "sessions_undo.sql").read_text(encoding="utf-8")),
    ]
