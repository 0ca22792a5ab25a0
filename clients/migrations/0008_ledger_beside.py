"""What a client asks about who saw it, and lines that are lawfully shown later: tables, guard, events (AUD-3)."""

from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass, Tier
from careplan.access.sql import event_kinds, protect, protect_listed, run

BY_STAFF = """
create policy clients_ledger_delay_by_staff on app.clients_ledger_delay as restrictive for insert to cp_app
    with check (not client_id = any ((select guard.portal_clients())::uuid[]));
revoke update on app.clients_ledger_question from cp_app;
grant update (answered_at, answered_by) on app.clients_ledger_question to cp_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0007_consent_engine"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerDelay",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                ("key", models.TextField()),
                ("reason", models.TextField()),
                ("ends_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
            ],
            options={
                "db_table": "clients_ledger_delay",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="clients_ledger_delay_has_its_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerQuestion",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                ("key", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "clients_ledger_question",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="clients_ledger_question_is_about_a_line"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clients_ledger_question_answer_has_its_who",
                    ),
                ],
            },
        ),
        *protect_listed("clients_ledger_question", tier=Tier.OPERATIONS, write_class=DataClass.MESSAGE),
        *protect("clients_ledger_delay", data_class=DataClass.CONSENT, append_only=True),
        run(BY_STAFF, "drop policy clients_ledger_delay_by_staff on app.clients_ledger_delay;"),
        event_kinds(["ledger.asked", "ledger.answered"], DataClass.MESSAGE),
        event_kinds(["ledger.withheld"], DataClass.CONSENT),
    ]
