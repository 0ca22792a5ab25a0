"""The tables of billing under the guard, their events, and what software may not do there."""

from pathlib import Path

from django.db import migrations

from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, grant, protect, run_file

SQL = Path(__file__).parent / "sql"
BILLING = DataClass.BILLING
KINDS = [
    "billing.begun",
    "billing.details_changed",
    "coverage.added",
    "coverage.ended",
    "authorisation.added",
    "external_id.set",
    "charge.made",
    "charge.moved",
    "charge.changed",
    "charge.held",
    "charge.released",
    "charge.self_pay",
    "charge.sent",
    "charge.result",
]
UNDO_CHARGES = """
    drop function app.plans_practice_totals; drop function app.plans_practice_charges;
    drop trigger begins on app.plans_charge; drop function app.plans_charge_begins;
    drop policy clients_client_billed on app.clients_client;
    drop policy plans_authorisation_not_made_by_software on app.plans_authorisation;
    drop policy plans_authorisation_not_by_software on app.plans_authorisation;
    drop policy plans_billing_details_not_made_by_software on app.plans_billing_details;
    drop policy plans_billing_details_not_by_software on app.plans_billing_details;
    drop policy plans_coverage_not_made_by_software on app.plans_coverage;
    drop policy plans_coverage_not_by_software on app.plans_coverage;
    drop policy plans_charge_not_made_by_software on app.plans_charge;
    drop policy plans_charge_not_by_software on app.plans_charge;
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_billing"), ("careplan", "0010_software"), ("clients", "0007_consent_engine")]

    operations = [
        event_kinds(KINDS, BILLING),
        *protect("plans_billing_details", data_class=BILLING),
        *protect("plans_coverage", data_class=BILLING),
        *protect("plans_external_id", data_class=BILLING),
        *protect("plans_authorisation", data_class=BILLING, parents={"coverage_id": "plans_coverage"}),
        *protect(
            "plans_charge",
            data_class=BILLING,
            parents={"authorisation_id": "plans_authorisation", "corrects_id": "plans_charge"},
        ),
        *protect("plans_charge_result", data_class=BILLING, append_only=True, parents={"charge_id": "plans_charge"}),
        grant("plans_service_code", "select, insert, update"),
        grant("plans_clinician_number", "select, insert, update"),
        run_file(SQL / "charges.sql", reverse=UNDO_CHARGES),
    ]
