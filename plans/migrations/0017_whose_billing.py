"""To whom a held charge goes, whose an external id is, and what billing reads of a plan on a day (BILL-1, BILL-6)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, run_file

SQL = Path(__file__).parent / "sql"
UNDO_STATUS = """
    drop function app.plans_number_for_billing; drop function app.plans_unnumbered_on;
    drop function app.plans_version_on;
    drop trigger is_next on plans_version_number; drop function guard.plans_version_number_is_next;
    drop function guard.plans_signature_status;
"""
UNDO_FACTS = """
    drop function app.plans_claim_facts; drop function app.plans_evidence_facts; drop function app.plans_billing_facts;
    drop function app.plans_diagnosis_codes; drop function app.plans_signature_facts;
"""
UNDO_SENDING = """
    drop function app.plans_ready_for; drop function app.plans_charges_for; drop function app.plans_hand_over;
    drop function app.plans_note_told; drop function app.plans_write_told; drop function app.plans_decide_held;
    drop function app.plans_hold_ended;
    drop trigger hold_unsent on app.clients_consent; drop function app.plans_hold_unsent;
    drop function app.plans_hold; drop function app.plans_anybody_permitted; drop function app.plans_may_go;
    drop function app.plans_recipient_name;
    drop trigger comes on app.plans_charge_result; drop function app.plans_charge_result_comes;
    drop trigger moves on app.plans_charge; drop function app.plans_charge_moves;
    drop index app.plans_external_id_once_for_a_recipient;
    drop policy plans_external_id_made_by_software on app.plans_external_id;
    drop policy plans_external_id_by_software on app.plans_external_id;
    drop policy plans_external_id_for_software on app.plans_external_id;
    drop policy plans_charge_for_software on app.plans_charge;
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0016_who_joined")]

    operations = [
        migrations.AddField("charge", "held_for", models.TextField(blank=True, db_default="", default="")),
        migrations.AddConstraint(
            "charge",
            models.CheckConstraint(
                condition=models.Q(("released", False)) | ~models.Q(("held_for", "")),
                name="plans_charge_let_go_names_its_recipient",
            ),
        ),
        migrations.AddIndex(
            "charge",
            models.Index(
                condition=models.Q(("sent_at", None), ("state__in", ["planned", "billable"])),
                fields=["client_id"],
                name="plans_charge_unsent",
            ),
        ),
        migrations.AddField("externalid", "set_for", models.TextField(blank=True, default="")),
        migrations.RemoveConstraint("externalid", "plans_external_id_once_for_a_system"),
        migrations.AlterField(
            "versionnumber",
            "by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
            ),
        ),
        event_kinds(["billing.told"], DataClass.BILLING),
        run_file(SQL / "signature_status.sql", reverse=UNDO_STATUS),
        run_file(SQL / "sending.sql", reverse=UNDO_SENDING),
        run_file(SQL / "billing_facts.sql", reverse=UNDO_FACTS),
    ]
