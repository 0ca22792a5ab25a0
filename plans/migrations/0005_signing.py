"""Signing one version, or not (PLAN-10)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, protect, run_file

SQL = Path(__file__).parent / "sql"
KINDS = [
    "signature.requested",
    "signature.opened",
    "signature.questions",
    "signature.made",
    "signature.declined",
    "signature.ended",
    "signature.not_signed",
    "signature.attempt",
]


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0007_outgoing_and_links"),
        ("plans", "0004_comments"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignatureRequest",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("requested", "Asked"),
                            ("opened", "Read"),
                            ("questions", "A question first"),
                            ("signed", "Signed"),
                            ("declined", "Would rather not sign"),
                            ("unable", "Not able to sign"),
                            ("expired", "No longer asked"),
                        ],
                        default="requested",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("state_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_requests",
                        to="plans.plan",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "state_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_requests",
                        to="plans.version",
                    ),
                ),
            ],
            options={
                "db_table": "plans_signature_request",
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("name", models.TextField(null=True)),
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
                ("authority", models.TextField(blank=True, default="")),
                (
                    "statement",
                    models.TextField(
                        choices=[
                            ("mine", "This is my plan"),
                            ("parts", "I agree with parts of it"),
                            ("took-part", "I took part, and I don’t agree"),
                            ("rather_not", "I’d rather not sign"),
                        ]
                    ),
                ),
                ("notes", models.TextField(default="", null=True)),
                ("code", models.TextField()),
                (
                    "method",
                    models.TextField(
                        choices=[("portal", "Own hand, in the portal"), ("practice", "Own hand, at work")]
                    ),
                ),
                ("language", models.TextField()),
                ("interpreter", models.TextField(blank=True, default="")),
                ("zone", models.TextField()),
                ("at", models.DateTimeField()),
                ("salt", models.TextField()),
                ("hashed", models.TextField(null=True)),
                ("sha256", models.TextField()),
                ("seal", models.TextField()),
                ("key_id", models.UUIDField()),
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
                        related_name="signatures",
                        to="plans.plan",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="plans.version",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="plans.signaturerequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotSignedNote",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "reason",
                    models.TextField(
                        choices=[
                            ("declined", "Declined"),
                            ("unable", "Unable"),
                            ("not_reached", "Not reached"),
                            ("not_offered", "Not offered yet"),
                            ("not_advisable", "Not advisable now"),
                        ]
                    ),
                ),
                ("words", models.TextField(default="", null=True)),
                ("copy_offered", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
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
                        related_name="not_signed",
                        to="plans.plan",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_signed",
                        to="plans.version",
                    ),
                ),
            ],
            options={
                "db_table": "plans_not_signed",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["declined", "unable", "not_reached", "not_offered", "not_advisable"])
                        ),
                        name="plans_not_signed_reason_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignAttempt",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("on", models.DateField()),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("video", "By video"),
                            ("portal", "In the portal"),
                            ("letter", "By letter"),
                        ]
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
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
                        related_name="sign_attempts",
                        to="plans.plan",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_attempts",
                        to="plans.version",
                    ),
                ),
            ],
            options={
                "db_table": "plans_sign_attempt",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["in_person", "phone", "video", "portal", "letter"])),
                        name="plans_sign_attempt_how_is_known",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="signaturerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["requested", "opened", "questions", "signed", "declined", "unable", "expired"])
                ),
                name="plans_signature_request_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaturerequest",
            constraint=models.UniqueConstraint(
                fields=("client_id", "version", "signer"), name="plans_signature_request_one_per_signer"
            ),
        ),
        migrations.AddConstraint(
            model_name="signaturerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("requested", "opened", "questions"))),
                fields=("client_id", "signer"),
                name="plans_signature_request_one_open_per_signer",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("statement__in", ["mine", "parts", "took-part", "rather_not"])),
                name="plans_signature_statement_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["portal", "practice"])), name="plans_signature_method_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
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
                name="plans_signature_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("authority__in", ["", "self", "guardian", "both_guardians", "court_appointed", "couple_member"])
                ),
                name="plans_signature_authority_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("statement", "rather_not"), _negated=True),
                name="plans_signature_rather_not_makes_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__isnull", True), models.Q(("name", ""), _negated=True), _connector="OR"),
                name="plans_signature_has_a_printed_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("client_id", "request"), name="plans_signature_one_per_request"),
        ),
        *protect(
            "plans_signature_request",
            data_class=DataClass.PLAN,
            parents={"plan_id": "plans_plan", "version_id": "plans_version"},
        ),
        *protect(
            "plans_signature",
            data_class=DataClass.PLAN,
            append_only=True,
            parents={
                "plan_id": "plans_plan",
                "version_id": "plans_version",
                "request_id": "plans_signature_request",
            },
        ),
        *protect(
            "plans_not_signed",
            data_class=DataClass.PLAN,
            append_only=True,
            parents={"plan_id": "plans_plan", "version_id": "plans_version"},
        ),
        *protect(
            "plans_sign_attempt",
            data_class=DataClass.PLAN,
            append_only=True,
            parents={"plan_id": "plans_plan", "version_id": "plans_version"},
        ),
        event_kinds(KINDS, DataClass.PLAN),
        run_file(
            SQL / "signing.sql",
            reverse="drop function guard.plans_request_moves, guard.plans_sign, guard.plans_answer_request, "
            "guard.plans_request_of_signer, guard.plans_replaced_since cascade;",
        ),
    ]
