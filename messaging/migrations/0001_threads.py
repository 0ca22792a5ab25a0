"""The tables of messages and offers."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import careplan.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [("plans", "0002_guard"), ("clients", "0002_guard"), ("careplan", "0005_guard_seen_from_python")]

    operations = [
        migrations.CreateModel(
            name="MessageHead",
            fields=[
                ("client_id", models.UUIDField(primary_key=True, serialize=False)),
                ("practice_id", models.UUIDField()),
                ("from_client", models.IntegerField()),
                ("from_care", models.IntegerField()),
                ("client_wrote", models.DateTimeField(null=True)),
                ("care_wrote", models.DateTimeField(null=True)),
                ("offered", models.IntegerField()),
                ("more_asked", models.IntegerField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "db_table": "message_head",
            },
        ),
        migrations.CreateModel(
            name="Offering",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("note", models.TextField()),
                ("about_words", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "about_item",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.item",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OwnResource",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("title", models.TextField()),
                ("text", models.TextField(blank=True, default="")),
                ("shown", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
            options={
                "db_table": "messaging_own",
            },
        ),
        migrations.CreateModel(
            name="ReplyHours",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), size=None),
                ),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("within_days", models.SmallIntegerField()),
                ("said_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.practice"
                    ),
                ),
            ],
            options={
                "db_table": "messaging_hours",
            },
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("piece", models.TextField()),
                ("version", models.IntegerField()),
                ("language", models.TextField()),
                ("sha256", models.TextField()),
                ("position", models.IntegerField()),
                (
                    "offering",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="messaging.offering",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recalls",
                        to="messaging.resource",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadMark",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("shown", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="read_marks",
                        to="messaging.resource",
                    ),
                ),
            ],
            options={
                "db_table": "messaging_read_mark",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "role",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("client", "Client"),
                            ("guardian", "Guardian"),
                            ("supporter", "Supporter"),
                            ("lead", "Therapist"),
                            ("co_therapist", "Co-therapist"),
                            ("cover", "Covering therapist"),
                            ("supervisor", "Supervisor of record"),
                            ("trainee", "Trainee"),
                            ("staff", "Staff"),
                        ],
                        default="",
                    ),
                ),
                ("text", models.TextField()),
                ("automatic", models.BooleanField(default=False)),
                ("quiet_since", models.DateTimeField(null=True)),
                ("sent_key", models.UUIDField(default=careplan.ids.uuid7)),
                ("at", models.DateTimeField()),
                (
                    "about_item",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.item",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "about_resource",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.resource",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResourceAnswer",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                (
                    "choice",
                    models.TextField(
                        choices=[
                            ("keep", "Keep"),
                            ("later", "Later"),
                            ("not_for_me", "Not for me"),
                            ("tell_me_more", "Tell me more"),
                        ]
                    ),
                ),
                ("words", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="messaging.resource",
                    ),
                ),
            ],
            options={
                "db_table": "messaging_resource_answer",
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("seen", models.IntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MessageDraft",
            fields=[
                ("id", models.UUIDField(default=careplan.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("text", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careplan.person"
                    ),
                ),
            ],
            options={
                "db_table": "messaging_draft",
                "constraints": [
                    models.UniqueConstraint(fields=("client_id", "person"), name="messaging_draft_one_a_person")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="offering",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="messaging_offering_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="offering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about_item__isnull", False), ("about_words", "")),
                    models.Q(("about_item", None), models.Q(("about_words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="messaging_offering_is_for_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownresource",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="messaging_own_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="replyhours",
            constraint=models.UniqueConstraint(fields=("practice", "person"), name="messaging_hours_one_a_person"),
        ),
        migrations.AddConstraint(
            model_name="replyhours",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__contained_by", [1, 2, 3, 4, 5, 6, 7]), ("weekdays__len__gte", 1)),
                name="messaging_hours_have_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="replyhours",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__lt", models.F("closes"))), name="messaging_hours_close_after_they_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="replyhours",
            constraint=models.CheckConstraint(
                condition=models.Q(("within_days__range", (1, 14))), name="messaging_hours_answer_in_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="resource",
            constraint=models.UniqueConstraint(
                fields=("client_id", "offering", "piece"), name="messaging_resource_stands_once_in_an_offering"
            ),
        ),
        migrations.AddConstraint(
            model_name="resource",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="messaging_resource_has_the_hash_of_its_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="recall",
            constraint=models.UniqueConstraint(fields=("client_id", "resource"), name="messaging_recall_once"),
        ),
        migrations.AddConstraint(
            model_name="readmark",
            constraint=models.UniqueConstraint(
                fields=("client_id", "resource", "person"), name="messaging_read_mark_once"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["client_id", "at"], name="messaging_message_in_order"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("author", None), ("automatic", True), ("quiet_since__isnull", False), ("role", "")),
                    models.Q(
                        ("author__isnull", False),
                        ("automatic", False),
                        ("quiet_since", None),
                        (
                            "role__in",
                            [
                                "client",
                                "guardian",
                                "supporter",
                                "lead",
                                "co_therapist",
                                "cover",
                                "supervisor",
                                "trainee",
                                "staff",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="messaging_message_is_somebodys_or_automatic",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="messaging_message_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("about_item", None), ("about_resource", None), _connector="OR"),
                name="messaging_message_is_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("client_id", "author", "sent_key"), name="messaging_message_is_sent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("client_id", "quiet_since"), name="messaging_message_one_automatic_reply_a_quiet_time"
            ),
        ),
        migrations.AddIndex(
            model_name="resourceanswer",
            index=models.Index(fields=["client_id", "resource", "-at"], name="messaging_answer_latest"),
        ),
        migrations.AddConstraint(
            model_name="resourceanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["keep", "later", "not_for_me", "tell_me_more"])),
                name="messaging_resource_answer_choice_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.UniqueConstraint(fields=("client_id", "person"), name="messaging_seen_one_a_person"),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.CheckConstraint(
                condition=models.Q(("seen__gte", 0)), name="messaging_seen_counts_from_nought"
            ),
        ),
    ]
