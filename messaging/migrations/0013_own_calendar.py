"""A client may keep appointments in their own calendar: a way by which nothing is sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0011_erasure"),
        ("messaging", "0012_pace_by_session"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="contract",
            name="messaging_contract_channel_is_known",
        ),
        migrations.AlterField(
            model_name="contract",
            name="channel",
            field=models.TextField(
                choices=[
                    ("text", "Text message"),
                    ("email", "E-mail"),
                    ("calendar", "My own calendar"),
                    ("none", "Only here"),
                ]
            ),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="channel",
            field=models.TextField(
                blank=True,
                choices=[
                    ("text", "Text message"),
                    ("email", "E-mail"),
                    ("calendar", "My own calendar"),
                    ("none", "Only here"),
                ],
                default="",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["text", "email", "calendar", "none"])),
                name="messaging_contract_channel_is_known",
            ),
        ),
    ]
