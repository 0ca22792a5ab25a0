"""The identity tier: practices, people, users, staff, keys, sessions, what happened at the door."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import careplan.fields.encrypted
import careplan.ids
from careplan.access.sql import grant


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="user", to="careplan.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("country", models.CharField(max_length=2)),
                ("time_zone", models.TextField()),
                ("language", models.TextField(default="en")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="careplan_practice_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")), name="careplan_practice_country_is_a_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeKey",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("public_key", models.BinaryField()),
                ("private_key", careplan.fields.encrypted.EncryptedBytesField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="careplan.practice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SigninEvent",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.TextField(
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
                            ("disabled", "Had the way in closed"),
                            ("enabled", "Had the way in opened again"),
                        ]
                    ),
                ),
                ("user_id", models.UUIDField(null=True)),
                ("person_id", models.UUIDField(null=True)),
                ("by_person_id", models.UUIDField(null=True)),
                ("address_digest", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "indexes": [models.Index(fields=["user_id", "at"], name="careplan_signinevent_by_user")],
                "constraints": [
                    models.CheckConstraint(
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
                                    "disabled",
                                    "enabled",
                                ],
                            )
                        ),
                        name="careplan_signinevent_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("first_name", models.TextField()),
                ("title", models.TextField(blank=True, default="")),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="employments", to="careplan.person"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="careplan.practice"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"), name="careplan_user_email_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="practicekey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)), fields=("practice",), name="careplan_practicekey_one_in_use"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("practice", "person"),
                name="careplan_staffmember_works_there_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="careplan_staffmember_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("first_name", ""), _negated=True)),
                name="careplan_staffmember_has_a_name",
            ),
        ),
        grant("careplan_practice", "select, insert, update"),
        grant("careplan_person", "select, insert"),
        grant("careplan_user", "select, insert, update"),
        grant("careplan_staffmember", "select, insert, update"),
        grant("careplan_practicekey", "select, insert, update"),
        grant("careplan_session", "select, insert, update, delete"),
        grant("careplan_signinevent", "select, insert"),
    ]
