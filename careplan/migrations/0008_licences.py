"""Licences of staff: added, checked and ended, never edited (SUP-1)."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import careplan.ids
from careplan.access.sql import grant


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0007_outgoing_and_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("number", models.TextField()),
                ("jurisdiction", models.TextField()),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("added_by", models.UUIDField()),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("verified_by", models.UUIDField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.UUIDField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="careplan.person"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="careplan.practice"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "expires_on"], name="careplan_licence_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True),
                            models.Q(("number", ""), _negated=True),
                            models.Q(("jurisdiction", ""), _negated=True),
                        ),
                        name="careplan_licence_says_what_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at", None), ("verified_by", None)),
                            models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="careplan_licence_verified_has_its_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="careplan_licence_end_has_its_who",
                    ),
                ],
            },
        ),
        grant("careplan_licence", "select, insert"),
        grant("careplan_licence", "update (verified_at, verified_by, ended_at, ended_by)"),
    ]
