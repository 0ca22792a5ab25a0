"""The guard's tables as Django knows them: models without tables of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0004_door_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="CareRelationship",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("lead", "Lead therapist"),
                            ("co_therapist", "Co-therapist"),
                            ("cover", "Cover"),
                            ("supervisor", "Supervisor of record"),
                            ("trainee", "Trainee"),
                        ]
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("started_by", models.UUIDField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "care_relationship",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Decider",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                (
                    "authority",
                    models.TextField(
                        choices=[
                            ("self", "For themself"),
                            ("guardian", "Guardian"),
                            ("both_guardians", "One of both guardians"),
                            ("court_appointed", "Appointed by a court"),
                            ("couple_member", "Member of a couple or family"),
                        ]
                    ),
                ),
                ("voice", models.TextField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "decider",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("practice_id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("actor_id", models.UUIDField(null=True)),
                ("hat", models.TextField()),
                ("object_type", models.TextField()),
                ("object_id", models.UUIDField(null=True)),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("reason", models.TextField(null=True)),
                ("detail", models.JSONField()),
            ],
            options={
                "db_table": "event",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("client_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "member",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("client_id", models.UUIDField(primary_key=True, serialize=False)),
                ("practice_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
            ],
            options={
                "db_table": "record",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("practice_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("role", models.TextField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("granted_by", models.UUIDField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "staff_role",
                "managed": False,
            },
        ),
    ]
