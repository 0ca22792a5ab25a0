"""Passkeys at the door, and a way in that a practice can close without ending somebody's work."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("password_accepted", "Gave the right password"),
    ("signed_in", "Signed in"),
    ("refused", "Was refused at sign-in"),
    ("second_step_refused", "Gave a wrong second step"),
    ("throttled", "Was told to wait"),
    ("confirmed", "Gave the password again"),
    ("confirmation_refused", "Gave a wrong password again"),
    ("signed_out", "Signed out"),
    ("session_ended", "Was signed out by a time limit or an ended access"),
    ("second_factor_enrolled", "Set up a second step"),
    ("second_factor_removed", "Had the second step removed"),
    ("recovery_codes_made", "Got new recovery codes"),
    ("recovery_code_used", "Used a recovery code"),
    ("invited", "Was invited"),
    ("account_begun", "Made their way in"),
    ("password_changed", "Changed the password"),
    ("password_link_sent", "Asked for a link to a new password"),
    ("signed_out_elsewhere", "Signed out another device"),
    ("passkey_added", "Added a passkey"),
    ("passkey_removed", "Removed a passkey"),
    ("passkey_accepted", "Used a passkey"),
    ("disabled", "Had the way in closed"),
    ("enabled", "Had the way in opened again"),
]


class Migration(migrations.Migration):
    dependencies = [("careplan", "0008_licences")]

    operations = [
        migrations.AddField(
            model_name="staffmember",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="staffmember",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="careplan.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at", None), ("closed_by", None))
                | models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                name="careplan_staffmember_closing_has_its_who_and_when",
            ),
        ),
        migrations.RemoveConstraint(model_name="signinevent", name="careplan_signinevent_kind_is_known"),
        migrations.AlterField(
            model_name="signinevent",
            name="kind",
            field=models.TextField(choices=KINDS),
        ),
        migrations.AddConstraint(
            model_name="signinevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [kind for kind, _ in KINDS])),
                name="careplan_signinevent_kind_is_known",
            ),
        ),
    ]
