"""A session that was kept becomes a charge, once, with the clinician who held it (BILL-2)."""

from pathlib import Path

from django.db import migrations

from careplan.access.sql import run, run_file

SQL = Path(__file__).parent / "sql"
UNDO = """drop trigger becomes_charge on app.messaging_session;
drop function guard.session_becomes_charge, guard.session_is_not_charged, guard.session_is_charged,
    guard.billing_begins_with;"""
TOLD_BEFORE = """create function guard.sessions_kept(p_client uuid)
returns table (id uuid, client_id uuid, practice_id uuid, clinician_id uuid, starts_at timestamptz,
    ends_at timestamptz, modality text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.id, s.client_id, s.practice_id, s.clinician_id, s.starts_at, s.ends_at, s.modality
      from app.messaging_session s
     where s.client_id = p_client and s.state = 'kept'
       and (p_client = any (guard.opened('billing')) or p_client = any (guard.related_clients())
            or s.practice_id = any (guard.directory_practices()))
     order by s.starts_at, s.id
$$;
grant execute on function guard.sessions_kept to cp_app;"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0009_reminders_guard"), ("plans", "0011_erasable")]

    operations = [
        run_file(SQL / "kept_is_charged.sql", reverse=UNDO),
        run("drop function guard.sessions_kept", TOLD_BEFORE),
    ]
