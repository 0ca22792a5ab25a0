"""The calendar says since when a session lasts, for the pace (PLAN-20)."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run_file

SQL = Path(__file__).parent / "sql"
NONE = """create or replace function guard.session_began(p_client uuid, p_at timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select null::timestamptz $$;"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0011_at_work_alone"), ("plans", "0014_pace_by_session")]

    operations = [run_file(SQL / "session_began.sql", reverse=NONE)]
