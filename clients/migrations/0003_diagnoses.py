"""Diagnoses of a record, their wordings, and how the client sees them: tables, guard, events (PLAN-2)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, protect, run_file

SQL = Path(__file__).parent / "sql"
NOTE_KINDS = ["diagnosis.recorded", "diagnosis.reworded", "diagnosis.shared", "diagnosis.ended"]
OF_DIAGNOSIS = {"diagnosis_id": "clients_diagnosis"}
UNDO = """
drop trigger theirs on app.clients_diagnosis_view; drop function app.clients_diagnosis_view_is_theirs();
drop trigger moves on app.clients_diagnosis; drop function app.clients_diagnosis_moves();
drop policy clients_diagnosis_told on app.clients_diagnosis;
drop policy clients_diagnosis_wording_told on app.clients_diagnosis_wording;
drop policy clients_diagnosis_by_clinicians on app.clients_diagnosis;
drop policy clients_diagnosis_changed_by_clinicians on app.clients_diagnosis;
drop policy clients_diagnosis_worded_by_clinicians on app.clients_diagnosis_wording;
drop function app.clients_untold_diagnoses();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0002_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="Diagnosis",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.UUIDField()),
                ("shared_at", models.DateTimeField(null=True)),
                ("shared_by", models.UUIDField(null=True)),
                (
                    "ended_as",
                    models.TextField(
                        blank=True,
                        choices=[("no_longer", "It no longer holds"), ("entered_in_error", "It was entered in error")],
                        default="",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "clients_diagnosis",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_as", ""), ("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_as__in", ["no_longer", "entered_in_error"]),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="clients_diagnosis_end_has_its_who_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shared_at", None), ("shared_by", None)),
                            models.Q(("shared_at__isnull", False), ("shared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clients_diagnosis_shared_has_its_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiagnosisView",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                ("words", models.TextField(blank=True, default="")),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("said_in_session", "Said in the room, typed by staff"),
                            ("own_hand_practice", "Own hand, on our device"),
                            ("phone_or_video", "By phone or video"),
                            ("on_paper", "On paper"),
                            ("own_hand_portal", "Own hand, in their own pages"),
                        ]
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("written_by", models.UUIDField()),
                (
                    "diagnosis",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="views",
                        to="clients.diagnosis",
                    ),
                ),
            ],
            options={
                "db_table": "clients_diagnosis_view",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "how__in",
                                [
                                    "said_in_session",
                                    "own_hand_practice",
                                    "phone_or_video",
                                    "on_paper",
                                    "own_hand_portal",
                                ],
                            )
                        ),
                        name="clients_diagnosis_view_how_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DiagnosisWording",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "code_system",
                    models.TextField(
                        choices=[
                            ("icd_10", "ICD-10"),
                            ("icd_10_cm", "ICD-10-CM"),
                            ("icd_11", "ICD-11"),
                            ("snomed_ct", "SNOMED CT"),
                            ("none", "No code"),
                        ]
                    ),
                ),
                ("code", models.TextField(blank=True, default="")),
                ("label", models.TextField()),
                (
                    "certainty",
                    models.TextField(
                        choices=[
                            ("provisional", "For now"),
                            ("differential", "One of several possible"),
                            ("confirmed", "Confirmed"),
                            ("ruled_out", "Ruled out"),
                        ]
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("written_by", models.UUIDField()),
                (
                    "diagnosis",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="clients.diagnosis",
                    ),
                ),
            ],
            options={
                "db_table": "clients_diagnosis_wording",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client_id", "diagnosis", "number"), name="clients_diagnosis_wording_numbered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="clients_diagnosis_wording_has_a_label"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code_system__in", ["icd_10", "icd_10_cm", "icd_11", "snomed_ct", "none"])),
                        name="clients_diagnosis_wording_system_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), ("code_system", "none")),
                            models.Q(
                                models.Q(("code_system", "none"), _negated=True), models.Q(("code", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="clients_diagnosis_wording_code_is_out_of_a_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["provisional", "differential", "confirmed", "ruled_out"])
                        ),
                        name="clients_diagnosis_wording_certainty_is_known",
                    ),
                ],
            },
        ),
        *protect("clients_diagnosis", data_class=DataClass.NOTE),
        *protect("clients_diagnosis_wording", data_class=DataClass.NOTE, append_only=True, parents=OF_DIAGNOSIS),
        *protect("clients_diagnosis_view", data_class=DataClass.PLAN, append_only=True, parents=OF_DIAGNOSIS),
        run_file(SQL / "diagnoses.sql", reverse=UNDO),
        event_kinds(NOTE_KINDS, DataClass.NOTE),
        event_kinds(["diagnosis.own_view"], DataClass.PLAN),
    ]
