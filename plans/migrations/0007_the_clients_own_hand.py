"""Asking, pausing and the duty to answer (PLAN-7, PLAN-14, PLAN-17)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass, Tier
from careplan.access.sql import event_kinds, freeze, grant, protect, protect_listed, run_file

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0006_seals"),
        ("plans", "0006_on_call"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pausing",
            fields=[
                ("client_id", models.UUIDField(primary_key=True, serialize=False)),
                ("practice_id", models.UUIDField()),
                ("plan_since", models.DateTimeField(null=True)),
                ("plan_goes_on", models.DateTimeField(null=True)),
                ("all_since", models.DateTimeField(null=True)),
                ("all_goes_on", models.DateTimeField(null=True)),
                ("stopped_since", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "pausing",
            },
        ),
        migrations.AddField(
            model_name="planhead",
            name="duty_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("sent_at", models.DateTimeField()),
                (
                    "way",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("", "Not said yet"),
                            ("one", "One at a time"),
                            ("page", "All on one page"),
                            ("next_time", "Together, next time"),
                        ],
                        default="",
                    ),
                ),
                ("way_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="plans.plan",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "way_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
            options={
                "db_table": "plans_ask",
            },
        ),
        migrations.CreateModel(
            name="AskLine",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("position", models.IntegerField()),
                (
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="plans.ask",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.item",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.itemrevision",
                    ),
                ),
            ],
            options={
                "db_table": "plans_ask_line",
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "scope",
                    models.TextField(
                        choices=[
                            ("item", "A line"),
                            ("plan", "The plan"),
                            ("everything", "Everything"),
                            ("therapy", "Ended"),
                        ]
                    ),
                ),
                ("until", models.DateField(null=True)),
                ("goes_on", models.DateTimeField(null=True)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "began_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="plans.item",
                    ),
                ),
            ],
            options={
                "db_table": "plans_pause",
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("said_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(null=True)),
                (
                    "called_off_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.practice"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
            options={
                "db_table": "plans_absence",
                "indexes": [models.Index(fields=["person", "ends"], name="plans_absence_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="plans_absence_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cover", models.F("person")), _negated=True),
                        name="plans_absence_is_covered_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_off_at__isnull", False), ("called_off_by__isnull", False)),
                            models.Q(("called_off_at__isnull", True), ("called_off_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="plans_absence_calling_off_has_its_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerWindow",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("days", models.IntegerField()),
                ("said_at", models.DateTimeField()),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.practice"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
            options={
                "db_table": "plans_answer_window",
                "indexes": [models.Index(fields=["practice", "-said_at"], name="plans_answer_window_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 30)),
                        name="plans_answer_window_is_a_month_at_most",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="ask",
            index=models.Index(fields=["plan", "-sent_at"], name="plans_ask_latest"),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["", "one", "page", "next_time"])), name="plans_ask_way_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way_at__isnull", False), ("way_by__isnull", False)),
                    models.Q(("way_at__isnull", True), ("way_by__isnull", True)),
                    _connector="OR",
                ),
                name="plans_ask_way_has_its_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    _connector="OR",
                ),
                name="plans_ask_withdrawal_has_its_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", ""), ("way_at__isnull", True)),
                    models.Q(models.Q(("way", ""), _negated=True), ("way_at__isnull", False)),
                    _connector="OR",
                ),
                name="plans_ask_way_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="askline",
            constraint=models.UniqueConstraint(
                fields=("client_id", "ask", "item"), name="plans_ask_line_item_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="askline",
            constraint=models.UniqueConstraint(
                fields=("client_id", "ask", "position"), name="plans_ask_line_has_its_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="askline",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 0), ("position__lt", 7)), name="plans_ask_line_seven_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["item", "plan", "everything", "therapy"])),
                name="plans_pause_scope_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("item__isnull", False), ("scope", "item")),
                    models.Q(models.Q(("scope", "item"), _negated=True), ("item__isnull", True)),
                    _connector="OR",
                ),
                name="plans_pause_of_a_line_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("goes_on__isnull", True), ("until__isnull", True)),
                    models.Q(
                        ("goes_on__isnull", False),
                        ("until__isnull", False),
                        models.Q(("scope", "therapy"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="plans_pause_until_is_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    _connector="OR",
                ),
                name="plans_pause_end_has_its_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("client_id", "scope", "item"),
                name="plans_pause_one_at_a_time",
                nulls_distinct=False,
            ),
        ),
        event_kinds(
            [
                "ask.sent",
                "ask.withdrawn",
                "ask.way_chosen",
                "pause.began",
                "pause.ended",
                "therapy.stopped",
                "therapy.taken_up",
            ],
            DataClass.PLAN,
        ),
        *protect("plans_ask", data_class=DataClass.PLAN, parents={"plan_id": "plans_plan"}),
        *protect(
            "plans_ask_line",
            data_class=DataClass.PLAN,
            append_only=True,
            parents={"ask_id": "plans_ask", "item_id": "plans_item", "revision_id": "plans_item_revision"},
        ),
        *protect("plans_pause", data_class=DataClass.PLAN, parents={"item_id": "plans_item"}),
        *protect_listed("pausing", tier=Tier.OPERATIONS, write_class=DataClass.PLAN),
        grant("plans_absence", "select, insert, update"),
        grant("plans_answer_window", "select, insert"),
        freeze("plans_answer_window"),
        run_file(SQL / "asks.sql", reverse=""),
        run_file(SQL / "rests.sql", reverse=""),
        run_file(SQL / "duty.sql", reverse=(SQL / "own_hand_undo.sql").read_text(encoding="utf-8")),
    ]
