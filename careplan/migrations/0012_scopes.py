"""No scope for a sandbox: the demo is one, where every token meets invented people only (BILL-10)."""

from django.db import migrations, models

KNOWN = "careplan_apiclient_scopes_are_known"
SCOPES = ["billing:read", "billing:write"]


class Migration(migrations.Migration):
    dependencies = [("careplan", "0011_erasure")]

    operations = [
        migrations.RemoveConstraint(model_name="apiclient", name=KNOWN),
        migrations.AddConstraint(
            model_name="apiclient",
            constraint=models.CheckConstraint(
                condition=models.Q(("scopes__contained_by", SCOPES), models.Q(("scopes", []), _negated=True)),
                name=KNOWN,
            ),
        ),
    ]
