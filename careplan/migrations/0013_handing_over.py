"""When a message was about to be handed over, so that none whose worker died then is sent twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0012_scopes"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoing",
            name="handed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
