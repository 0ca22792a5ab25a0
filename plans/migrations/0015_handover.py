"""Whoever takes over is asked to read the plan (PLAN-5c)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, protect, run_file

SQL = Path(__file__).parent / "sql"
UNDO = "drop trigger sound on plans_plan_read; drop function guard.plans_plan_read_is_sound, guard.plans_to_read;"


class Migration(migrations.Migration):
    dependencies = [("plans", "0014_pace_by_session")]

    operations = [
        migrations.CreateModel(
            name="PlanRead",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.plan",
                    ),
                ),
            ],
            options={"db_table": "plans_plan_read"},
        ),
        event_kinds(["plan.read"], DataClass.PLAN),
        *protect("plans_plan_read", data_class=DataClass.PLAN, append_only=True, parents={"plan_id": "plans_plan"}),
        run_file(SQL / "handover.sql", reverse=UNDO),
    ]
