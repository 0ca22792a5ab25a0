"""How quiet a client's own pages are, and what is tucked away from them: tables, guard, events (SAFE-7)."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

import careplan.ids
from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, protect, run_file

SQL = Path(__file__).parent / "sql"
UNDO = """
drop trigger keeps_the_word on app.clients_quiet; drop function app.clients_quiet_keeps_the_word();
drop function app.clients_tuck_away(uuid, uuid, uuid, text, text, text); drop function app.clients_quiet_now(uuid);
drop policy clients_tucked_away_is_staffs on app.clients_tucked_away;
drop policy clients_quiet_is_staffs on app.clients_quiet;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0005_contact_card"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quiet",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                (
                    "shows",
                    models.TextField(
                        choices=[
                            ("everything", "Everything"),
                            ("chosen", "Only the parts I choose"),
                            ("appointments", "My appointments only"),
                            ("nothing", "Nothing at all"),
                        ]
                    ),
                ),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(
                            choices=[
                                ("appointments", "Appointments"),
                                ("plan", "My plan"),
                                ("messages", "Messages"),
                                ("resources", "Resources"),
                                ("permissions", "Permissions"),
                                ("information", "My information"),
                            ]
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "big_steps",
                    models.TextField(
                        choices=[
                            ("here", "Here in my pages"),
                            ("with_us", "Only in person, or on a call with our word"),
                        ],
                        default="here",
                    ),
                ),
                ("agreed_word", models.TextField(blank=True, default="")),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("said_in_session", "Said in the room, typed by staff"),
                            ("own_hand_practice", "Own hand, on our device"),
                            ("phone_or_video", "By phone or video"),
                            ("on_paper", "On paper"),
                            ("own_hand_portal", "Own hand, in their own pages"),
                        ]
                    ),
                ),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField()),
            ],
            options={
                "db_table": "clients_quiet",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shows__in", ["everything", "chosen", "appointments", "nothing"])),
                        name="clients_quiet_shows_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "parts__contained_by",
                                ["appointments", "plan", "messages", "resources", "permissions", "information"],
                            )
                        ),
                        name="clients_quiet_parts_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shows", "chosen"), ("parts", []), _connector="OR"),
                        name="clients_quiet_parts_only_when_chosen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("big_steps__in", ["here", "with_us"])),
                        name="clients_quiet_big_steps_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_word", ""), ("big_steps", "with_us"), _connector="OR"),
                        name="clients_quiet_word_is_for_big_steps",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "how__in",
                                [
                                    "said_in_session",
                                    "own_hand_practice",
                                    "phone_or_video",
                                    "on_paper",
                                    "own_hand_portal",
                                ],
                            )
                        ),
                        name="clients_quiet_how_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TuckedAway",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(editable=False)),
                ("practice_id", models.UUIDField(editable=False)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("item", "A line of the plan"),
                            ("message", "A message"),
                            ("resource", "A resource"),
                            ("organisation", "An organisation"),
                            ("ledger", "A line of who saw it"),
                        ]
                    ),
                ),
                ("key", models.TextField()),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("said_in_session", "Said in the room, typed by staff"),
                            ("own_hand_practice", "Own hand, on our device"),
                            ("phone_or_video", "By phone or video"),
                            ("on_paper", "On paper"),
                            ("own_hand_portal", "Own hand, in their own pages"),
                        ]
                    ),
                ),
                ("tucked_at", models.DateTimeField()),
                ("tucked_by", models.UUIDField()),
                ("back_at", models.DateTimeField(null=True)),
                ("back_by", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "clients_tucked_away",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("back_at", None)),
                        fields=("client_id", "kind", "key"),
                        name="clients_tucked_away_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="clients_tucked_away_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["item", "message", "resource", "organisation", "ledger"])),
                        name="clients_tucked_away_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "how__in",
                                [
                                    "said_in_session",
                                    "own_hand_practice",
                                    "phone_or_video",
                                    "on_paper",
                                    "own_hand_portal",
                                ],
                            )
                        ),
                        name="clients_tucked_away_how_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("back_at", None), ("back_by", None)),
                            models.Q(("back_at__isnull", False), ("back_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clients_tucked_away_back_has_its_who",
                    ),
                ],
            },
        ),
        *protect("clients_quiet", data_class=DataClass.SAFETY, append_only=True),
        *protect("clients_tucked_away", data_class=DataClass.SAFETY),
        run_file(SQL / "quiet.sql", reverse=UNDO),
        event_kinds(["quiet.set", "quiet.tucked", "quiet.brought_back"], DataClass.SAFETY),
    ]
