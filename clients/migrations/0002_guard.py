"""The clients' tables under the guard, their events, and the rules that the database keeps itself."""

from pathlib import Path

from django.db import migrations

from careplan.access.classes import DataClass, Tier
from careplan.access.sql import event_kinds, protect, protect_listed, run_file

SQL = Path(__file__).parent / "sql"

IDENTITY_KINDS = [
    "client.added",
    "client.directory_changed",
    "client.about_changed",
    "person_around.added",
    "person_around.changed",
    "person_around.removed",
]
CONSENT_KINDS = [
    "limits.told",
    "limits.told_in_part",
    "limits.told_again",
    "limits.left_for_later",
    "limits.question_answered",
]


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_records"), ("careplan", "0003_guard")]

    operations = [
        *protect_listed("clients_client", tier=Tier.DIRECTORY, write_class=DataClass.IDENTITY),
        *protect_listed("client_summary", tier=Tier.OPERATIONS, write_class=DataClass.CONSENT),
        *protect("clients_identity", data_class=DataClass.IDENTITY),
        *protect("clients_about_line", data_class=DataClass.IDENTITY),
        *protect("clients_person_around", data_class=DataClass.IDENTITY),
        *protect("clients_contact", data_class=DataClass.CONTACT),
        *protect("clients_consent", data_class=DataClass.CONSENT, parents={"replaces_id": "clients_consent"}),
        *protect(
            "clients_limits_card_told",
            data_class=DataClass.CONSENT,
            append_only=True,
            parents={"consent_id": "clients_consent"},
        ),
        run_file(
            SQL / "about.sql",
            reverse="revoke update (ended_at, ended_by) on app.clients_about_line from cp_app;"
            "grant update on app.clients_about_line to cp_app;",
        ),
        run_file(
            SQL / "consents.sql",
            reverse="drop trigger moves on app.clients_consent; drop function app.clients_consent_moves();"
            "drop trigger begins on app.clients_consent; drop function app.clients_consent_begins();"
            "alter table app.clients_limits_card_told drop constraint clients_limits_card_told_hash_is_of_its_text;",
        ),
        run_file(
            SQL / "summary.sql",
            reverse="drop trigger summary_leads on guard.care_relationship; drop function app.client_summary_leads();",
        ),
        event_kinds(IDENTITY_KINDS, DataClass.IDENTITY),
        event_kinds(["client.contact_changed"], DataClass.CONTACT),
        event_kinds(CONSENT_KINDS, DataClass.CONSENT),
    ]
