"""The modules that a practice has switched off (UI-10)."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careplan", "0014_new_devices")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="modules_off",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
    ]
