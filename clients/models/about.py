"""What a client says about themself, and who is around them (CLIENT-1, CLIENT-3, CLIENT-4): the identity class."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from clients.models.client import beside_client
from clients.models.said import How, Told, Visibility


class InterpreterMode(models.TextChoices):
    """How an interpreter takes part."""

    IN_THE_ROOM = "in_the_room", _("In the room")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class Identity(models.Model):
    """The facts about a person that are typed, not told in words. One row per client."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = beside_client("identity")
    practice_id = models.UUIDField(editable=False)
    legal_name = models.TextField(blank=True, default="")
    birth_date = models.DateField(null=True)
    birth_date_visibility = models.TextField(choices=Visibility.choices, default=Visibility.CARE_TEAM)
    interpreter_needed = models.TextField(choices=Told.choices, default=Told.NOT_ASKED)
    interpreter_mode = models.TextField(choices=InterpreterMode.choices, blank=True, default="")
    interpreter_visibility = models.TextField(choices=Visibility.choices, default=Visibility.CARE_TEAM)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "legal_name": FieldClass.IDENTIFYING,
        "birth_date": FieldClass.IDENTIFYING,
        "birth_date_visibility": FieldClass.ADMINISTRATIVE,
        "interpreter_needed": FieldClass.IDENTIFYING,
        "interpreter_mode": FieldClass.ADMINISTRATIVE,
        "interpreter_visibility": FieldClass.ADMINISTRATIVE,
        "changed_at": FieldClass.ADMINISTRATIVE,
        "changed_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_identity"
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_date_visibility__in=Visibility.values),
                name="clients_identity_birth_date_visibility_is_known",
            ),
            models.CheckConstraint(
                condition=Q(interpreter_visibility__in=Visibility.values),
                name="clients_identity_interpreter_visibility_is_known",
            ),
            models.CheckConstraint(
                condition=Q(interpreter_needed__in=Told.values), name="clients_identity_interpreter_needed_is_known"
            ),
            models.CheckConstraint(
                condition=Q(interpreter_mode__in=["", *InterpreterMode.values]),
                name="clients_identity_interpreter_mode_is_known",
            ),
            models.CheckConstraint(
                condition=Q(interpreter_mode="") | Q(interpreter_needed=Told.YES),
                name="clients_identity_mode_only_of_an_interpreter",
            ),
        ]

    def __str__(self) -> str:
        return str(self.client_id)


class Topic(models.TextChoices):
    """What a line about a client is about. No pick-list of cultures: every line is free words (CLIENT-3)."""

    OWN_WORDS = "own_words", _("Who I am, in my own words")
    HELPED_BEFORE = "helped_before", _("What has helped before")
    PLEASE_ASK = "please_ask", _("Please ask me about")
    DONT_ASSUME = "dont_assume", _("Please don’t assume")
    SPEAKS = "speaks", _("Languages I speak")
    READS = "reads", _("Languages I read")
    WRITES = "writes", _("Languages I write")
    INTERPRETER_NOT = "interpreter_not", _("As interpreter, please don’t use")
    ACCESS = "access", _("What I need to take part")
    DAYS = "days", _("Days and times to avoid")
    FORMATS = "formats", _("How I like things given to me")


class AboutLine(models.Model):
    """The words on one topic as they were said. Words are never edited: new words end the old line."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    topic = models.TextField(choices=Topic.choices)
    words = models.TextField()
    visibility = models.TextField(choices=Visibility.choices, default=Visibility.CARE_TEAM)
    how = models.TextField(choices=How.choices)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "topic": FieldClass.ADMINISTRATIVE,
        "words": FieldClass.IDENTIFYING,
        "visibility": FieldClass.ADMINISTRATIVE,
        "how": FieldClass.ADMINISTRATIVE,
        "written_at": FieldClass.ADMINISTRATIVE,
        "written_by": FieldClass.ADMINISTRATIVE,
        "ended_at": FieldClass.ADMINISTRATIVE,
        "ended_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_about_line"
        constraints = [
            models.UniqueConstraint(
                fields=["client_id", "topic"], condition=Q(ended_at=None), name="clients_about_line_one_per_topic"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="clients_about_line_has_words"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="clients_about_line_topic_is_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="clients_about_line_visibility_is_known"
            ),
            models.CheckConstraint(condition=Q(how__in=How.values), name="clients_about_line_how_is_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="clients_about_line_end_has_its_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"


class MayKnow(models.TextChoices):
    """What somebody around a client may be told, as the client says. It opens nothing by itself."""

    APPOINTMENTS = "appointments", _("Appointment times")
    PLAN = "plan", _("The plan")
    PROGRESS = "progress", _("How it’s going")
    SAFETY_PLAN = "safety_plan", _("The safety plan")
    BILLS = "bills", _("Bills")


class PersonAround(models.Model):
    """Somebody around a client: who they are to them and what they may know (CLIENT-4). Taken off by an end date.

    `person` is there once they are asked about the plan (PLAN-5a): a name for their answers, and no way in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    name = models.TextField()
    relation = models.TextField(blank=True, default="")
    may_know = ArrayField(models.TextField(choices=MayKnow.choices), default=list)
    knows_they_are_listed = models.TextField(choices=Told.choices, default=Told.NOT_ASKED)
    emergency_contact = models.BooleanField(default=False)
    may_be_called = models.TextField(choices=Told.choices, default=Told.NOT_ASKED)
    phone = models.TextField(blank=True, default="")
    person = models.ForeignKey("careplan.Person", on_delete=models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "name": FieldClass.IDENTIFYING,
        "relation": FieldClass.IDENTIFYING,
        "may_know": FieldClass.ADMINISTRATIVE,
        "knows_they_are_listed": FieldClass.ADMINISTRATIVE,
        "emergency_contact": FieldClass.ADMINISTRATIVE,
        "may_be_called": FieldClass.ADMINISTRATIVE,
        "phone": FieldClass.IDENTIFYING,
        "person": FieldClass.SAFE,
        "added_at": FieldClass.ADMINISTRATIVE,
        "added_by": FieldClass.ADMINISTRATIVE,
        "changed_at": FieldClass.ADMINISTRATIVE,
        "changed_by": FieldClass.ADMINISTRATIVE,
        "ended_at": FieldClass.ADMINISTRATIVE,
        "ended_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_person_around"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="clients_person_around_has_a_name"),
            models.CheckConstraint(
                condition=Q(may_know__contained_by=MayKnow.values), name="clients_person_around_may_know_is_known"
            ),
            models.CheckConstraint(
                condition=Q(knows_they_are_listed__in=Told.values), name="clients_person_around_knows_is_known"
            ),
            models.CheckConstraint(
                condition=Q(may_be_called__in=Told.values), name="clients_person_around_may_be_called_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="clients_person_around_end_has_its_who",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
