"""The person behind somebody around a client, once they are asked about the plan (PLAN-5a)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0008_ledger_beside")]

    operations = [
        migrations.AddField(
            model_name="personaround",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
            ),
        ),
    ]
