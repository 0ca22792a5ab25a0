"""The contact rules and the state of channel consents as a front desk may know them (ACC-12)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from careplan.access.classes import DataClass, Tier
from careplan.access.sql import protect_listed, run, run_file

SQL = Path(__file__).parent / "sql"
BACKFILL = """
insert into app.clients_contact_card (client_id, practice_id, call_ok, voicemail_ok, text_ok, email_ok, post_ok,
    discreet, shared_phone, do_not_contact, quiet_from, quiet_until, most_a_week)
select client_id, practice_id, call_ok, voicemail_ok, text_ok, email_ok, post_ok, discreet, shared_phone,
    do_not_contact, quiet_from, quiet_until, most_a_week from app.clients_contact;
insert into app.clients_channel_state (client_id, practice_id, kind, effect, state, starts_at, until)
select distinct on (c.client_id, c.kind) c.client_id, c.practice_id, c.kind, c.effect, c.state, c.starts_at, c.until
  from app.clients_consent c where c.kind in ('texts', 'email', 'calendar', 'portal_messages')
 order by c.client_id, c.kind, c.state in ('draft', 'entered_in_error'), (c.state = 'given' and c.effect = 'deny') desc,
          c.state = 'given' desc, c.state_at desc, c.id desc;
"""
UNDO = """
drop trigger channel_state on app.clients_consent; drop function app.clients_channel_state_follows();
drop trigger contact_card on app.clients_contact; drop function app.clients_contact_card_follows();
grant insert, update on app.clients_contact_card, app.clients_channel_state to cp_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0004_contact_at_the_gate"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactCard",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        db_column="client_id",
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="contact_card",
                        serialize=False,
                        to="clients.client",
                    ),
                ),
                ("practice_id", models.UUIDField(editable=False)),
                ("call_ok", models.BooleanField(default=False)),
                ("voicemail_ok", models.BooleanField(default=False)),
                ("text_ok", models.BooleanField(default=False)),
                ("email_ok", models.BooleanField(default=False)),
                ("post_ok", models.BooleanField(default=False)),
                ("discreet", models.BooleanField(default=False)),
                ("shared_phone", models.BooleanField(default=False)),
                ("do_not_contact", models.BooleanField(default=False)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_until", models.TimeField(null=True)),
                ("most_a_week", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "db_table": "clients_contact_card",
            },
        ),
        migrations.CreateModel(
            name="ChannelState",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "client_id", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("texts", "Text messages"),
                            ("email", "E-mail"),
                            ("calendar", "Calendar"),
                            ("portal_messages", "Messages in their own pages"),
                        ]
                    ),
                ),
                ("effect", models.TextField(choices=[("permit", "Allows"), ("deny", "Forbids")])),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("draft", "Being written"),
                            ("offered", "Offered"),
                            ("given", "Given"),
                            ("declined", "Declined"),
                            ("not_now", "Not now"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Ended"),
                            ("replaced", "Replaced"),
                            ("lapsed", "No longer asked"),
                            ("entered_in_error", "Entered in error"),
                        ]
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "clients_channel_state",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["texts", "email", "calendar", "portal_messages"])),
                        name="clients_channel_state_kind_is_a_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "offered",
                                    "given",
                                    "declined",
                                    "not_now",
                                    "withdrawn",
                                    "expired",
                                    "replaced",
                                    "lapsed",
                                    "entered_in_error",
                                ],
                            )
                        ),
                        name="clients_channel_state_is_known",
                    ),
                ],
            },
        ),
        run(BACKFILL, ""),
        *protect_listed("clients_contact_card", tier=Tier.DIRECTORY, write_class=DataClass.CONTACT, by_job_only=True),
        *protect_listed("clients_channel_state", tier=Tier.DIRECTORY, write_class=DataClass.CONSENT, by_job_only=True),
        run_file(SQL / "contact_card.sql", reverse=UNDO),
    ]
