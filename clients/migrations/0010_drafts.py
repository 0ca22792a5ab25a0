"""What is typed into the forms of a record is kept before a session runs out (AUTH-2)."""

import django.db.models.deletion
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import protect, run

OWN = """
create policy clients_draft_own on clients_draft as restrictive for all to cp_app
    using (person_id = guard.acting_person()) with check (person_id = guard.acting_person());
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0009_who_decides")]

    operations = [
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                ("key", models.TextField()),
                ("content", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
            options={
                "db_table": "clients_draft",
                "constraints": [
                    models.UniqueConstraint(fields=("client_id", "person", "key"), name="clients_draft_one_per_form")
                ],
            },
        ),
        *protect("clients_draft", data_class=DataClass.IDENTITY, evented=False),
        run(OWN, "drop policy clients_draft_own on clients_draft"),
    ]
