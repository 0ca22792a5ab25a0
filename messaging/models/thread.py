"""The thread of a client and their care team: what was said, what is being typed, how far each has read (MSG-1)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from plans.kinds import Role
from plans.models.record import RecordRow, a_person, within


class Message(RecordRow):
    """What somebody wrote, in their own name; or the practice's automatic reply, which is nobody's. Never changed.

    `sent_key` comes from the form it was sent with: the same form sent twice is one message. `quiet_since` is when
    the practice closed before an automatic reply: one reply for each such time.
    """

    author = a_person(null=True)
    role = models.TextField(choices=Role.choices, blank=True, default="")
    text = models.TextField()
    about_item = within("plans.Item", related_name="+", null=True)
    about_resource = within("messaging.Resource", related_name="+", null=True)
    about_session = within("messaging.Session", related_name="+", null=True)
    automatic = models.BooleanField(default=False)
    quiet_since = models.DateTimeField(null=True)
    sent_key = models.UUIDField(default=uuid7)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "author": FieldClass.SAFE,
        "role": FieldClass.SAFE,
        "text": FieldClass.CLINICAL,
        "about_item": FieldClass.SAFE,
        "about_resource": FieldClass.SAFE,
        "about_session": FieldClass.SAFE,
        "automatic": FieldClass.SAFE,
        "quiet_since": FieldClass.SAFE,
        "sent_key": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        indexes = [models.Index(fields=["client_id", "at"], name="messaging_message_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(automatic=True, author=None, role="", quiet_since__isnull=False)
                | Q(automatic=False, author__isnull=False, role__in=Role.values, quiet_since=None),
                name="messaging_message_is_somebodys_or_automatic",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="messaging_message_says_something"),
            models.CheckConstraint(
                condition=Q(about_item=None, about_resource=None)
                | Q(about_item=None, about_session=None)
                | Q(about_resource=None, about_session=None),
                name="messaging_message_is_about_one_thing",
            ),
            models.UniqueConstraint(fields=["client_id", "author", "sent_key"], name="messaging_message_is_sent_once"),
            models.UniqueConstraint(
                fields=["client_id", "quiet_since"], name="messaging_message_one_automatic_reply_a_quiet_time"
            ),
        ]


class MessageDraft(RecordRow):
    """What somebody has typed and not sent (UI-5). Only theirs to read; empty once it was sent."""

    person = a_person()
    text = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "text": FieldClass.CLINICAL,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "messaging_draft"
        constraints = [models.UniqueConstraint(fields=["client_id", "person"], name="messaging_draft_one_a_person")]


class Seen(RecordRow):
    """How many of the other side's messages somebody has had on screen. Nobody else's to read (MSG-2)."""

    person = a_person()
    seen = models.IntegerField(default=0)
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "seen": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "person"], name="messaging_seen_one_a_person"),
            models.CheckConstraint(condition=Q(seen__gte=0), name="messaging_seen_counts_from_nought"),
        ]


class MessageHead(models.Model):
    """A thread in counts and dates, for lists that open nothing (ACC-2a)."""

    client_id = models.UUIDField(primary_key=True)
    practice_id = models.UUIDField()
    from_client = models.IntegerField()
    from_care = models.IntegerField()
    client_wrote = models.DateTimeField(null=True)
    care_wrote = models.DateTimeField(null=True)
    offered = models.IntegerField()
    more_asked = models.IntegerField()
    updated_at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "from_client": FieldClass.SAFE,
        "from_care": FieldClass.SAFE,
        "client_wrote": FieldClass.SAFE,
        "care_wrote": FieldClass.SAFE,
        "offered": FieldClass.SAFE,
        "more_asked": FieldClass.SAFE,
        "updated_at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "message_head"

    def __str__(self) -> str:
        return str(self.client_id)


class ReplyHours(models.Model):
    """When a member of staff reads messages, and how soon they usually answer: what a client is told before typing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey("careplan.Practice", on_delete=models.PROTECT, related_name="+")
    person = a_person()
    weekdays = ArrayField(models.SmallIntegerField())
    opens = models.TimeField()
    closes = models.TimeField()
    within_days = models.SmallIntegerField()
    said_at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "weekdays": FieldClass.ADMINISTRATIVE,
        "opens": FieldClass.ADMINISTRATIVE,
        "closes": FieldClass.ADMINISTRATIVE,
        "within_days": FieldClass.ADMINISTRATIVE,
        "said_at": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "messaging_hours"
        constraints = [
            models.UniqueConstraint(fields=["practice", "person"], name="messaging_hours_one_a_person"),
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1, weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="messaging_hours_have_a_day",
            ),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="messaging_hours_close_after_they_open"),
            models.CheckConstraint(condition=Q(within_days__range=(1, 14)), name="messaging_hours_answer_in_days"),
        ]

    def __str__(self) -> str:
        return str(self.id)
