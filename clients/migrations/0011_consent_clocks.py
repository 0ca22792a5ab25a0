"""The clocks of policy packs in the one decision, and what forbids lifted by a word alone (CONS-4, CONS-7)."""

from pathlib import Path

from django.db import migrations, models

from careplan.access.sql import run, run_file
from clients.consents.packs import packs

SQL = Path(__file__).parent / "sql"


def _longest() -> str:
    lines = (f"when '{pack.country}' then {pack.longest_release_months}" for pack in packs().values())
    return f"update guard.pack set longest_release_months = case country {' '.join(lines)} end"  # noqa: S608 - our own files


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0010_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="clientsummary",
            name="consent_again_on",
            field=models.DateField(null=True),
        ),
        run_file(SQL / "consent_clocks.sql", reverse=(SQL / "consent_clocks_undo.sql").read_text(encoding="utf-8")),
        run(_longest(), "select 1"),
    ]
