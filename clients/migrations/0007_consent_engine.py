"""Consent decided in SQL: what was shown, who moves it, disclosures, mandates, the one decision (CONS-3, CONS-8)."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, protect, run, run_file
from clients.consents.packs import notices_by_country
from clients.models.consent import KEPT_BY_PEOPLE, THIRD_PARTIES, ConsentKind

SQL = Path(__file__).parent / "sql"
CONSENT_KINDS = [
    "consent.offered",
    "consent.given",
    "consent.declined",
    "consent.left",
    "consent.dropped",
    "consent.withdrawn",
    "consent.replaced",
    "consent.narrowed",
    "consent.limits_arranged",
    "consent.question_answered",
    "consent.struck",
    "disclosure.recorded",
    "disclosure.withheld",
]
UNDO_MOVES = """
drop policy clients_disclosure_at_work on app.clients_disclosure;
drop policy clients_mandate_told on app.clients_mandate; drop policy clients_disclosure_told on app.clients_disclosure;
drop function app.clients_withheld_disclosures(); drop function guard.record_mandate;
drop function guard.arrange_limits;
drop function guard.narrow_consent; drop function guard.end_consent; drop function guard.move_offer;
drop function guard.give_consent; drop function guard.ensure_hand; drop function guard.consent_to_move;
drop index app.clients_consent_decided; drop index app.clients_consent_given_once_by_name;
alter table app.clients_consent drop constraint clients_consent_shown_text_has_its_hash;
alter table app.clients_consent drop constraint clients_consent_recipient_is_one_line;
grant update on app.clients_consent to cp_app;
"""
UNDO_PERMITS = """
create or replace function guard.permits(
    p_client uuid, p_purpose text, p_recipient text default '', p_class text default null,
    p_at timestamptz default null)
returns guard.decision language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return row('NO_CONSENT', 'not_asked', null, null)::guard.decision; end $$;
drop function guard.permits_now; drop function guard.may_ask_about; drop function guard.decide;
drop function guard.why_no_consent; drop function guard.permit_for; drop function guard.counts_at;
drop function guard.is_notice; drop table guard.pack; drop table guard.consent_kind;
"""


def _kinds() -> str:
    lines = (
        f"('{kind}', {str(kind in THIRD_PARTIES).lower()}, {str(kind in KEPT_BY_PEOPLE).lower()})"
        for kind in ConsentKind
    )
    return f"insert into guard.consent_kind(kind, third_party, kept_by_people) values {', '.join(lines)}"  # noqa: S608 - our own enum and files


def _packs() -> str:
    lines = (f"('{country}', '{{{','.join(kinds)}}}')" for country, kinds in notices_by_country().items())
    return f"insert into guard.pack(country, notices) values {', '.join(lines)}"  # noqa: S608 - our own enum and files


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0006_quiet"),
    ]

    operations = [
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                ("what", models.TextField()),
                (
                    "scope",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("recipient", models.TextField()),
                ("told_to", models.TextField(blank=True, default="")),
                ("why", models.TextField()),
                (
                    "basis",
                    models.TextField(
                        choices=[
                            ("consent", "The client said yes"),
                            ("law", "The law asks for it"),
                            ("emergency", "An emergency"),
                        ]
                    ),
                ),
                ("basis_code", models.TextField(blank=True, default="")),
                ("pack", models.TextField(blank=True, default="")),
                ("consent_id", models.UUIDField(null=True)),
                ("facts", models.TextField(blank=True, default="")),
                (
                    "through",
                    models.TextField(
                        choices=[
                            ("spoken", "Spoken"),
                            ("paper", "On paper"),
                            ("email", "By e-mail"),
                            ("export", "As a file"),
                            ("api", "By another system"),
                        ]
                    ),
                ),
                ("supervisor_told", models.TextField(blank=True, default="")),
                ("told_on", models.DateTimeField()),
                ("withheld_until", models.DateTimeField(null=True)),
                ("withheld_why", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
            ],
            options={
                "db_table": "clients_disclosure",
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                ("disclosure_id", models.UUIDField(editable=False)),
                ("recipient", models.TextField()),
                ("scope", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("basis", models.TextField()),
                ("starts_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
            ],
            options={
                "db_table": "clients_mandate",
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="ended_how",
            field=models.TextField(
                blank=True,
                choices=[
                    ("said_in_session", "Said in the room, typed by staff"),
                    ("own_hand_practice", "Own hand, on our device"),
                    ("phone_or_video", "By phone or video"),
                    ("on_paper", "On paper"),
                    ("own_hand_portal", "Own hand, in their own pages"),
                ],
                default="",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="limits_kept_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="consent",
            name="limits_kept_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="consent",
            name="limits_kept_how",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="consent",
            name="pack",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="consent",
            name="text_shown",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ended_how__in",
                        ["", "said_in_session", "own_hand_practice", "phone_or_video", "on_paper", "own_hand_portal"],
                    )
                ),
                name="clients_consent_ended_how_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("limits_kept_at", None), ("limits_kept_by", None), ("limits_kept_how", "")),
                    models.Q(
                        ("limits_kept_at__isnull", False),
                        ("limits_kept_by__isnull", False),
                        models.Q(("limits_kept_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="clients_consent_kept_limits_say_who_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["consent", "law", "emergency"])),
                name="clients_disclosure_basis_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("through__in", ["spoken", "paper", "email", "export", "api"])),
                name="clients_disclosure_way_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "scope__contained_by",
                        [
                            "identity",
                            "contact",
                            "plan",
                            "message",
                            "measure",
                            "safety",
                            "note",
                            "billing",
                            "consent",
                            "ledger",
                        ],
                    )
                ),
                name="clients_disclosure_scope_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", ""), _negated=True),
                    models.Q(("recipient", ""), _negated=True),
                    models.Q(("why", ""), _negated=True),
                ),
                name="clients_disclosure_says_what_to_whom_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "consent"), ("consent_id__isnull", False)),
                    models.Q(
                        ("basis__in", ["law", "emergency"]),
                        ("consent_id", None),
                        models.Q(("basis_code", ""), _negated=True),
                        models.Q(("facts", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="clients_disclosure_stands_on_its_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withheld_until", None), ("withheld_why", "")),
                    models.Q(
                        ("withheld_until__gt", models.F("made_at")),
                        models.Q(("withheld_why", ""), _negated=True),
                        models.Q(("basis", "consent"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="clients_disclosure_withheld_says_why_and_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "scope__contained_by",
                        [
                            "identity",
                            "contact",
                            "plan",
                            "message",
                            "measure",
                            "safety",
                            "note",
                            "billing",
                            "consent",
                            "ledger",
                        ],
                    )
                ),
                name="clients_mandate_scope_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("recipient", ""), _negated=True), name="clients_mandate_names_its_recipient"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis", ""), _negated=True), name="clients_mandate_has_a_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("starts_at"))), name="clients_mandate_ends"
            ),
        ),
        *protect(
            "clients_disclosure",
            data_class=DataClass.CONSENT,
            append_only=True,
            parents={"consent_id": "clients_consent"},
        ),
        *protect(
            "clients_mandate",
            data_class=DataClass.CONSENT,
            append_only=True,
            parents={"disclosure_id": "clients_disclosure"},
        ),
        run_file(SQL / "permits.sql", reverse=UNDO_PERMITS),
        run_file(SQL / "consent_moves.sql", reverse=UNDO_MOVES),
        run(_kinds(), "delete from guard.consent_kind"),
        run(_packs(), "delete from guard.pack"),
        event_kinds(CONSENT_KINDS, DataClass.CONSENT),
    ]
