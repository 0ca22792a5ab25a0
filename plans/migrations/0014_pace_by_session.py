"""Where the pace finds out since when a session lasts (PLAN-20)."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run_file

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("plans", "0013_at_work_alone")]

    operations = [run_file(SQL / "session_began.sql", reverse="drop function guard.session_began;")]
