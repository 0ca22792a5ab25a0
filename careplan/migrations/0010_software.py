"""API clients, what they sent once, and what the running role may do with the tables of tokens (OAUTH-1, API-4)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import careplan.ids
from careplan.access.sql import grant

SCOPES = ["billing:read", "billing:write", "billing:sandbox"]


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0009_passkeys_and_closed_ways_in"),
        ("oauth2_provider", "0022_refreshtoken_token_family_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiClient",
            fields=[
                (
                    "id",
                    models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("label", models.TextField()),
                ("scopes", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("jwks", models.JSONField(null=True)),
                ("jwks_url", models.TextField(blank=True, default="")),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_client",
                        to="oauth2_provider.application",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_clients",
                        to="careplan.practice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="careplan_apiclient_has_a_label"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scopes__contained_by", SCOPES), models.Q(("scopes", []), _negated=True)),
                        name="careplan_apiclient_scopes_are_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentOnce",
            fields=[
                (
                    "id",
                    models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("route", models.TextField()),
                ("key_digest", models.TextField()),
                ("fingerprint", models.TextField()),
                ("object_id", models.UUIDField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "api_client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.apiclient"
                    ),
                ),
            ],
            options={
                "db_table": "careplan_sent_once",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("api_client", "route", "key_digest"), name="careplan_sent_once_by_one_key"
                    )
                ],
            },
        ),
        grant("careplan_apiclient", "select, insert, update"),
        grant("careplan_sent_once", "select, insert, update, delete"),
        grant("oauth2_provider_application", "select, insert, update"),
        grant("oauth2_provider_accesstoken", "select, insert, update, delete"),
        grant("oauth2_provider_refreshtoken", "select, update"),
    ]
