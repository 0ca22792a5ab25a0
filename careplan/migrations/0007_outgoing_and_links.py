"""Everything that leaves, and the links by which somebody makes their way in."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import careplan.fields.encrypted
import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, grant, run


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0006_seals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "hat",
                    models.TextField(
                        choices=[
                            ("client", "Client"),
                            ("guardian", "Guardian"),
                            ("supporter", "Supporter"),
                            ("staff", "Staff"),
                        ]
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("by_hand", models.BooleanField(default=False)),
                ("token_digest", models.TextField(unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("made_by", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("practice_id", models.UUIDField(null=True)),
                ("person_id", models.UUIDField(null=True)),
                ("kind", models.TextField()),
                ("channel", models.TextField(choices=[("email", "E-mail"), ("text", "Text message")])),
                ("key", models.TextField(unique=True)),
                ("carries", careplan.fields.encrypted.EncryptedBytesField(null=True)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("due", "Waiting"),
                            ("sent", "Sent"),
                            ("failed", "Could not be sent"),
                            ("cancelled", "Not sent: not wanted any more"),
                        ],
                        default="due",
                    ),
                ),
                ("why", models.TextField(blank=True, default="")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("claimed_until", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "careplan_outgoing",
            },
        ),
        migrations.CreateModel(
            name="PasswordLink",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("token_digest", models.TextField(unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Recorded",
            fields=[
                ("message_id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("channel", models.TextField(choices=[("email", "E-mail"), ("text", "Text message")])),
                ("address", models.TextField()),
                ("sender", models.TextField()),
                ("subject", models.TextField(blank=True, default="")),
                ("body", models.TextField()),
                ("headers", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "careplan_outgoing_recorded",
            },
        ),
        migrations.RemoveConstraint(
            model_name="signinevent",
            name="careplan_signinevent_kind_is_known",
        ),
        migrations.AlterField(
            model_name="signinevent",
            name="kind",
            field=models.TextField(
                choices=[
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
                    ("disabled", "Had the way in closed"),
                    ("enabled", "Had the way in opened again"),
                ]
            ),
        ),
        migrations.AddConstraint(
            model_name="signinevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "password_accepted",
                            "signed_in",
                            "refused",
                            "second_step_refused",
                            "throttled",
                            "confirmed",
                            "confirmation_refused",
                            "signed_out",
                            "session_ended",
                            "second_factor_enrolled",
                            "second_factor_removed",
                            "recovery_codes_made",
                            "recovery_code_used",
                            "invited",
                            "account_begun",
                            "password_changed",
                            "password_link_sent",
                            "signed_out_elsewhere",
                            "disabled",
                            "enabled",
                        ],
                    )
                ),
                name="careplan_signinevent_kind_is_known",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="careplan.person"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="careplan.practice"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(condition=models.Q(("state", "due")), fields=["due_at"], name="careplan_outgoing_due"),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(fields=["practice_id", "state"], name="careplan_outgoing_of_practice"),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "text"])), name="careplan_outgoing_channel_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["due", "sent", "failed", "cancelled"])),
                name="careplan_outgoing_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gte", models.F("made_at"))), name="careplan_outgoing_due_is_not_before"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("state", "due")),
                    models.Q(models.Q(("state", "due"), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="careplan_outgoing_settled_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__regex", "^[a-z_]{0,40}$")), name="careplan_outgoing_why_is_a_code"
            ),
        ),
        migrations.AddField(
            model_name="passwordlink",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="password_links", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("hat__in", ["client", "guardian", "supporter", "staff"])),
                name="careplan_invitation_hat_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="careplan_invitation_ends_after_it_was_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("replaced_at", None), _connector="OR"),
                name="careplan_invitation_accepted_or_replaced",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("replaced_at", None)),
                fields=("practice", "person"),
                name="careplan_invitation_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="passwordlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="careplan_passwordlink_ends_after_it_was_made",
            ),
        ),
        run(
            "alter table careplan_outgoing add constraint careplan_outgoing_settled_carries_nothing "
            "check ((state = 'due') = (carries is not null))",
            "alter table careplan_outgoing drop constraint careplan_outgoing_settled_carries_nothing",
        ),
        grant("careplan_outgoing", "select, insert, update"),
        grant("careplan_outgoing_recorded", "select, insert"),
        grant("careplan_invitation", "select, insert, update"),
        grant("careplan_passwordlink", "select, insert, update"),
        event_kinds(["account.invited", "account.begun"], DataClass.IDENTITY),
    ]
