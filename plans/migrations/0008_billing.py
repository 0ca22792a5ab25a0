"""Billing: the practice's codes and numbers, coverages, authorisations, charges and their results (BILL-1..9)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import careplan.ids


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0010_software"),
        ("plans", "0007_the_clients_own_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("number", models.TextField()),
                ("service_code", models.TextField()),
                ("modifier", models.TextField(blank=True, default="")),
                ("units", models.PositiveSmallIntegerField()),
                ("times_a_week", models.PositiveSmallIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="BillingDetails",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("address", models.TextField(blank=True, default="")),
                (
                    "administrative_sex",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("", "Not said"),
                            ("female", "Female"),
                            ("male", "Male"),
                            ("other", "Other"),
                            ("unknown", "Unknown"),
                        ],
                        default="",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.UUIDField()),
            ],
            options={
                "db_table": "plans_billing_details",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("administrative_sex__in", ["", "female", "male", "other", "unknown"])),
                        name="plans_billing_details_sex_is_known",
                    ),
                    models.UniqueConstraint(fields=("client_id",), name="plans_billing_details_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("session_id", models.UUIDField(null=True)),
                ("service_on", models.DateField()),
                ("starts_at", models.DateTimeField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("service_code", models.TextField(blank=True, default="")),
                ("modifier", models.TextField(blank=True, default="")),
                ("units", models.PositiveSmallIntegerField(default=1)),
                ("place", models.TextField(blank=True, default="")),
                ("fee", models.DecimalField(decimal_places=2, max_digits=9)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                (
                    "diagnosis_codes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("rendering_npi", models.TextField(blank=True, default="")),
                ("rendering_licence", models.TextField(blank=True, default="")),
                ("supervising_npi", models.TextField(blank=True, default="")),
                ("supervising_licence", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("planned", "Planned"),
                            ("billable", "Ready"),
                            ("not_billable", "Not billable"),
                            ("held", "Held"),
                            ("self_pay", "Paid by the client"),
                            ("billed", "Billed"),
                            ("paid", "Paid"),
                            ("rejected", "Sent back"),
                            ("written_off", "Written off"),
                        ],
                        default="planned",
                    ),
                ),
                ("state_at", models.DateTimeField()),
                ("state_by", models.UUIDField()),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("released", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("sent_to", models.TextField(blank=True, default="")),
                ("sent_at", models.DateTimeField(null=True)),
                ("sent_by", models.UUIDField(null=True)),
                (
                    "authorisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="plans.authorisation",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="plans.charge",
                    ),
                ),
                (
                    "rendering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "supervising",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChargeResult",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("billed", "Billed"),
                            ("paid", "Paid"),
                            ("rejected", "Sent back"),
                            ("written_off", "Written off"),
                        ]
                    ),
                ),
                (
                    "adjudication_codes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("payer_control_number", models.TextField(blank=True, default="")),
                ("allowed", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("paid", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("client_owes", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("decided_on", models.DateField(null=True)),
                ("said_at", models.DateTimeField()),
                ("said_by", models.UUIDField()),
                (
                    "charge",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="plans.charge",
                    ),
                ),
            ],
            options={
                "db_table": "plans_charge_result",
            },
        ),
        migrations.CreateModel(
            name="ClinicianNumber",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("npi", models.TextField(blank=True, default="")),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.UUIDField()),
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
            ],
            options={
                "db_table": "plans_clinician_number",
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("payer", models.TextField()),
                ("payer_id", models.TextField(blank=True, default="")),
                ("profile", models.TextField()),
                ("member_id", models.TextField()),
                ("subscriber", models.TextField(blank=True, default="")),
                (
                    "relation",
                    models.TextField(
                        choices=[
                            ("self", "The client holds it"),
                            ("spouse", "Spouse or partner"),
                            ("child", "Child"),
                            ("other", "Somebody else"),
                        ]
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=1)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("payer", ""), _negated=True), name="plans_coverage_names_its_payer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payer_id__regex", "^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$")),
                        name="plans_coverage_payer_id_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("member_id__regex", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$")),
                        name="plans_coverage_member_id_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("relation__in", ["self", "spouse", "child", "other"])),
                        name="plans_coverage_relation_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relation", "self"), models.Q(("subscriber", ""), _negated=True), _connector="OR"
                        ),
                        name="plans_coverage_names_its_subscriber",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rank__gte", 1)), name="plans_coverage_rank_counts_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="plans_coverage_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="plans_coverage_end_has_its_who",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="authorisation",
            name="coverage",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="authorisations",
                to="plans.coverage",
            ),
        ),
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("system", models.TextField()),
                ("value", models.TextField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.UUIDField()),
            ],
            options={
                "db_table": "plans_external_id",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("system__regex", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$")),
                        name="plans_external_id_system_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__regex", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$")),
                        name="plans_external_id_value_is_a_code",
                    ),
                    models.UniqueConstraint(fields=("client_id", "system"), name="plans_external_id_once_for_a_system"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceCode",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("code", models.TextField()),
                ("modifier", models.TextField(blank=True, default="")),
                ("name", models.TextField()),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("fee", models.DecimalField(decimal_places=2, max_digits=9)),
                ("currency", models.CharField(max_length=3)),
                ("before_plan", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("retired_at", models.DateTimeField(null=True)),
                ("retired_by", models.UUIDField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_codes",
                        to="careplan.practice",
                    ),
                ),
            ],
            options={
                "db_table": "plans_service_code",
            },
        ),
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(fields=["practice_id", "-service_on"], name="plans_charge_of_practice"),
        ),
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(fields=["practice_id", "id"], name="plans_charge_in_order"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "planned",
                            "billable",
                            "not_billable",
                            "held",
                            "self_pay",
                            "billed",
                            "paid",
                            "rejected",
                            "written_off",
                        ],
                    )
                ),
                name="plans_charge_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(("service_code__regex", "^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$")),
                name="plans_charge_service_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(("modifier__regex", "^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$")),
                name="plans_charge_modifier_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__regex", "^([0-9]{2})?$")), name="plans_charge_place_is_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(condition=models.Q(("fee__gte", 0)), name="plans_charge_fee_is_no_debt"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(condition=models.Q(("units__gte", 1)), name="plans_charge_has_units"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("currency__regex", "^[A-Z]{3}$"),
                    models.Q(("currency", ""), ("fee", 0), ("service_code", "")),
                    _connector="OR",
                ),
                name="plans_charge_has_a_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reasons__contained_by",
                        [
                            "session_not_kept",
                            "consent_absent",
                            "restriction",
                            "service_code_missing",
                            "diagnosis_missing",
                            "coverage_missing",
                            "authorisation_missing",
                            "units_used_up",
                            "plan_missing",
                            "agreement_missing",
                            "signature_missing",
                            "review_overdue",
                        ],
                    )
                ),
                name="plans_charge_reasons_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "billable"), _negated=True),
                    models.Q(("service_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="plans_charge_ready_has_its_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at", None),
                    models.Q(("state__in", ["planned", "not_billable", "held", "self_pay"]), _negated=True),
                    _connector="OR",
                ),
                name="plans_charge_sent_is_not_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                    _connector="OR",
                ),
                name="plans_charge_sending_has_its_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects", None), ("session_id__isnull", False)),
                fields=("client_id", "session_id"),
                name="plans_charge_one_for_a_session",
            ),
        ),
        migrations.AddConstraint(
            model_name="chargeresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["billed", "paid", "rejected", "written_off"])),
                name="plans_charge_result_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="chargeresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("payer_control_number__regex", "^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$")),
                name="plans_charge_result_control_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="chargeresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "paid"), _negated=True), ("paid__isnull", False), _connector="OR"
                ),
                name="plans_charge_result_paid_says_how_much",
            ),
        ),
        migrations.AddConstraint(
            model_name="cliniciannumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("npi__regex", "^([0-9]{10})?$")), name="plans_clinician_number_npi_has_ten"
            ),
        ),
        migrations.AddConstraint(
            model_name="cliniciannumber",
            constraint=models.UniqueConstraint(fields=("practice", "person"), name="plans_clinician_number_once"),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$")),
                name="plans_authorisation_number_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("service_code__regex", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$")),
                name="plans_authorisation_service_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("modifier__regex", "^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$")),
                name="plans_authorisation_modifier_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="plans_authorisation_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$")),
                name="plans_service_code_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("modifier__regex", "^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$")),
                name="plans_service_code_modifier_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="plans_service_code_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee__gte", 0)), name="plans_service_code_fee_is_no_debt"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="plans_service_code_has_a_currency"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)),
                fields=("practice", "code", "modifier"),
                name="plans_service_code_once_in_a_practice",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                    models.Q(("retired_at__isnull", True), ("retired_by__isnull", True)),
                    _connector="OR",
                ),
                name="plans_service_code_end_has_its_who",
            ),
        ),
    ]
