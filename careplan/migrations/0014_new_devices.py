"""With which kind of device somebody came in, and whether it was the first time with one like it (REM-8)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careplan", "0013_handing_over")]

    operations = [
        migrations.AddField(model_name="signinevent", name="device", field=models.TextField(blank=True, default="")),
        migrations.AddField(model_name="signinevent", name="is_new", field=models.BooleanField(default=False)),
    ]
