"""The first tables of messages: what others of this app build upon."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [("plans", "0002_guard"), ("clients", "0002_guard"), ("careplan", "0005_guard_seen_from_python")]

    operations = []
