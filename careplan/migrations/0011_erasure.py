"""Disposal by two people, with a basis, that every chain survives (AUD-5)."""

from pathlib import Path

from django.db import migrations

import careplan.access
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, run_file

GUARD = Path(careplan.access.__file__).parent / "guard"


class Migration(migrations.Migration):
    dependencies = [("careplan", "0010_software")]

    operations = [
        run_file(GUARD / "erasure.sql", reverse=""),
        event_kinds(["record.erased", "record.held"], DataClass.LEDGER),
    ]
