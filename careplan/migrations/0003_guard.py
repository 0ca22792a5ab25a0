"""The guard: openings, relationships, roles, both ledgers, and the functions that are their only writers."""

from pathlib import Path

from django.db import migrations

import careplan.access
from careplan.access.classes import DataClass, reach
from careplan.access.sql import event_kinds, run, run_file

GUARD = Path(careplan.access.__file__).parent / "guard"
EMPTY_GUARD = "drop schema guard cascade; create schema guard; grant usage on schema guard to cp_app;"


def _reach_rows() -> str:
    lines = (
        f"('{line.purpose}', '{line.role}', '{line.data_class}', {line.may_write}, {line.may_read})" for line in reach()
    )
    return f"insert into guard.reach(purpose, role, data_class, may_write, may_read) values {', '.join(lines)}"


class Migration(migrations.Migration):
    dependencies = [("careplan", "0002_sign_in_tables")]

    operations = [
        run_file(GUARD / "tables.sql", reverse=EMPTY_GUARD),
        run_file(GUARD / "openings.sql", reverse=""),
        run_file(GUARD / "ledger.sql", reverse=""),
        run_file(GUARD / "people.sql", reverse=""),
        run_file(GUARD / "consents.sql", reverse=""),
        run_file(GUARD / "calls.sql", reverse=""),
        run_file(GUARD / "software.sql", reverse=""),
        run_file(GUARD / "policies.sql", reverse=""),
        run(_reach_rows(), ""),
        event_kinds(["care.started", "care.ended", "decider.added", "decider.ended"], DataClass.IDENTITY),
        event_kinds(["call.code_made", "call.opened"], DataClass.PLAN),
    ]
