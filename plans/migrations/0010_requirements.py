"""What others demand of a client, and how the client sees it (PLAN-19)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, protect, run_file

SQL = Path(__file__).parent / "sql"
KINDS = ["requirement.set", "requirement.ended", "requirement.answered", "requirement.answer_recorded"]
UNDO = """
drop trigger sound on plans_requirement_view; drop trigger sound on plans_requirement;
drop function guard.plans_requirement_view_is_sound, guard.plans_requirement_is_sound;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0009_passkeys_and_closed_ways_in"),
        ("plans", "0009_billing_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("court", "A court"),
                            ("school", "A school"),
                            ("employer", "An employer"),
                            ("law", "A law"),
                            ("other", "Somebody else"),
                        ]
                    ),
                ),
                ("set_by", models.TextField()),
                ("what", models.TextField()),
                ("until", models.DateField(null=True)),
                ("reported", models.TextField(blank=True, default="")),
                ("reported_to", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
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
            ],
        ),
        migrations.CreateModel(
            name="RequirementView",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "role_held",
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
                ("seen", models.TextField(choices=[("read", "I’ve read it"), ("differently", "I see it differently")])),
                ("words", models.TextField(blank=True, default="")),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("by_proposing", "By proposing it"),
                            ("own_hand_portal", "Own hand, in the portal"),
                            ("own_hand_practice", "Own hand, on the practice’s device"),
                            ("said_in_session", "Said in session, recorded"),
                            ("phone_or_video", "By phone or video, recorded"),
                            ("on_paper", "On paper"),
                        ]
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="views",
                        to="plans.requirement",
                    ),
                ),
            ],
            options={
                "db_table": "plans_requirement_view",
            },
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["court", "school", "employer", "law", "other"])),
                name="plans_requirement_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("set_by", ""), _negated=True), models.Q(("what", ""), _negated=True)),
                name="plans_requirement_says_by_whom_and_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reported", ""), ("reported_to", "")),
                    models.Q(models.Q(("reported", ""), _negated=True), models.Q(("reported_to", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plans_requirement_report_says_what_and_to_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    _connector="OR",
                ),
                name="plans_requirement_end_has_its_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementview",
            constraint=models.CheckConstraint(
                condition=models.Q(("seen__in", ["read", "differently"])), name="plans_requirement_view_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role_held__in",
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
                name="plans_requirement_view_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how__in", ("own_hand_portal",)), ("recorded_by__isnull", True)),
                    models.Q(
                        ("how__in", ("own_hand_practice", "said_in_session", "phone_or_video", "on_paper")),
                        ("recorded_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="plans_requirement_view_recorded_says_by_whom",
            ),
        ),
        event_kinds(KINDS, DataClass.PLAN),
        *protect("plans_requirement", data_class=DataClass.PLAN),
        *protect(
            "plans_requirement_view",
            data_class=DataClass.PLAN,
            append_only=True,
            parents={"requirement_id": "plans_requirement"},
        ),
        run_file(SQL / "requirements.sql", reverse=UNDO),
    ]
