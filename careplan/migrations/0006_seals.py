"""Seals over both ledgers: their order, their signed batches, and the key that signs (AUD-1)."""

from pathlib import Path

import django.utils.timezone
from django.db import migrations, models

import careplan.access
import careplan.fields.encrypted
import careplan.ids
from careplan.access.sql import grant, run_file

GUARD = Path(careplan.access.__file__).parent / "guard"
UNDO_FEED = """
    drop function guard.feed_rows; drop function guard.feed_events; drop function guard.feed_charges;
    drop function guard.place_holds;
"""
UNDO = """
    drop function guard.unsealed_for; drop function guard.write_seal; drop function guard.number_rows;
    drop function guard.begin_epoch; drop function guard.current_epoch;
    drop index guard.opening_xact; drop index guard.event_xact;
    drop table guard.seal; drop table guard.sealed; drop table guard.epoch;
"""


class Migration(migrations.Migration):
    dependencies = [("careplan", "0005_guard_seen_from_python")]

    operations = [
        run_file(GUARD / "seals.sql", reverse=UNDO),
        run_file(GUARD / "feed.sql", reverse=UNDO_FEED),
        migrations.CreateModel(
            name="InstallationKey",
            fields=[
                (
                    "id",
                    models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("public_key", models.BinaryField()),
                ("private_key", careplan.fields.encrypted.EncryptedBytesField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="installationkey",
            constraint=models.UniqueConstraint(
                models.Value(True),
                condition=models.Q(("retired_at", None)),
                name="careplan_installationkey_one_in_use",
            ),
        ),
        grant("careplan_installationkey", "select, insert, update"),
    ]
