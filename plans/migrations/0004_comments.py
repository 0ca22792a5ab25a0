"""What is said beside the lines of a plan (PLAN-1)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, protect, run_file

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0006_seals"),
        ("plans", "0003_goal_diagnoses"),
    ]

    operations = [
        migrations.AddField(
            model_name="planhead",
            name="comments_from_client",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="planhead",
            name="comments_from_staff",
            field=models.IntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "author_role",
                    models.TextField(
                        choices=[
                            ("client", "Client"),
                            ("guardian", "Guardian"),
                            ("supporter", "Supporter"),
                            ("lead", "Therapist"),
                            ("co_therapist", "Co-therapist"),
                            ("cover", "Covering therapist"),
                            ("supervisor", "Supervisor of record"),
                            ("trainee", "Trainee"),
                            ("staff", "Staff"),
                        ]
                    ),
                ),
                ("words", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "about",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.itemrevision",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="plans.item",
                    ),
                ),
            ],
            options={
                "db_table": "plans_comment",
                "indexes": [models.Index(fields=["item", "at"], name="plans_comment_of_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "author_role__in",
                                [
                                    "client",
                                    "guardian",
                                    "supporter",
                                    "lead",
                                    "co_therapist",
                                    "cover",
                                    "supervisor",
                                    "trainee",
                                    "staff",
                                ],
                            )
                        ),
                        name="plans_comment_author_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="plans_comment_says_something"
                    ),
                ],
            },
        ),
        event_kinds(["item.commented"], DataClass.PLAN),
        *protect(
            "plans_comment",
            data_class=DataClass.PLAN,
            append_only=True,
            parents={"item_id": "plans_item", "about_id": "plans_item_revision"},
        ),
        run_file(
            SQL / "comments.sql",
            reverse="drop trigger sound on plans_comment; drop function guard.plans_comment_is_sound;",
        ),
    ]
