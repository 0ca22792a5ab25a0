"""The guard's tables as the application reads them. Written by definer functions only (ACC-2c)."""

from typing import ClassVar

from django.db import models

from careplan.fields.classes import FieldClass


class CareRole(models.TextChoices):
    """How somebody takes part in a client's care (ACC-4)."""

    LEAD = "lead", "Lead therapist"
    CO_THERAPIST = "co_therapist", "Co-therapist"
    COVER = "cover", "Cover"
    SUPERVISOR = "supervisor", "Supervisor of record"
    TRAINEE = "trainee", "Trainee"


class Authority(models.TextChoices):
    """On what authority a decider says yes (PLAN-5a)."""

    SELF = "self", "For themself"
    GUARDIAN = "guardian", "Guardian"
    BOTH_GUARDIANS = "both_guardians", "One of both guardians"
    COURT_APPOINTED = "court_appointed", "Appointed by a court"
    COUPLE_MEMBER = "couple_member", "Member of a couple or family"


class GuardRow(models.Model):
    """A row of the guard: the application reads it and never writes it."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.db_table} {self.pk}"


class Record(GuardRow):
    """That a record exists, for which practice."""

    client_id = models.UUIDField(primary_key=True)
    practice_id = models.UUIDField()
    kind = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        managed = False
        db_table = "record"

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.ADMINISTRATIVE,
        "kind": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.ADMINISTRATIVE,
        "made_by": FieldClass.ADMINISTRATIVE,
    }


class Member(GuardRow):
    """For whom a record stands."""

    id = models.UUIDField(primary_key=True)
    client_id = models.UUIDField()
    person_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "member"

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "person_id": FieldClass.IDENTIFYING,
        "since": FieldClass.ADMINISTRATIVE,
        "until": FieldClass.ADMINISTRATIVE,
    }


class Decider(GuardRow):
    """Who must say yes to a record's plan, and on what authority (PLAN-5a)."""

    id = models.UUIDField(primary_key=True)
    client_id = models.UUIDField()
    person_id = models.UUIDField()
    authority = models.TextField(choices=Authority.choices)
    voice = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "decider"

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "person_id": FieldClass.IDENTIFYING,
        "authority": FieldClass.ADMINISTRATIVE,
        "voice": FieldClass.ADMINISTRATIVE,
        "since": FieldClass.ADMINISTRATIVE,
        "until": FieldClass.ADMINISTRATIVE,
    }


class CareRelationship(GuardRow):
    """Who cares for whom, from when until when (ACC-4)."""

    id = models.UUIDField(primary_key=True)
    client_id = models.UUIDField()
    practice_id = models.UUIDField()
    person_id = models.UUIDField()
    role = models.TextField(choices=CareRole.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    started_by = models.UUIDField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        managed = False
        db_table = "care_relationship"

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.ADMINISTRATIVE,
        "person_id": FieldClass.ADMINISTRATIVE,
        "role": FieldClass.ADMINISTRATIVE,
        "since": FieldClass.ADMINISTRATIVE,
        "until": FieldClass.ADMINISTRATIVE,
        "started_by": FieldClass.ADMINISTRATIVE,
        "ended_by": FieldClass.ADMINISTRATIVE,
    }


class StaffRole(GuardRow):
    """What somebody does in a practice (ACC-12). It lists clients or nothing; it opens no record."""

    id = models.UUIDField(primary_key=True)
    practice_id = models.UUIDField()
    person_id = models.UUIDField()
    role = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    granted_by = models.UUIDField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        managed = False
        db_table = "staff_role"

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice_id": FieldClass.ADMINISTRATIVE,
        "person_id": FieldClass.ADMINISTRATIVE,
        "role": FieldClass.ADMINISTRATIVE,
        "since": FieldClass.ADMINISTRATIVE,
        "until": FieldClass.ADMINISTRATIVE,
        "granted_by": FieldClass.ADMINISTRATIVE,
        "ended_by": FieldClass.ADMINISTRATIVE,
    }


class EventRow(GuardRow):
    """One event of a client's chain, as their record's pages read it (AUD-1)."""

    id = models.UUIDField(primary_key=True)
    client_id = models.UUIDField()
    practice_id = models.UUIDField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.TextField()
    actor_id = models.UUIDField(null=True)
    hat = models.TextField()
    object_type = models.TextField()
    object_id = models.UUIDField(null=True)
    before = models.TextField()
    after = models.TextField()
    reason = models.TextField(null=True)
    detail = models.JSONField()

    class Meta:
        managed = False
        db_table = "event"

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.ADMINISTRATIVE,
        "number": FieldClass.SAFE,
        "at": FieldClass.ADMINISTRATIVE,
        "kind": FieldClass.ADMINISTRATIVE,
        "actor_id": FieldClass.ADMINISTRATIVE,
        "hat": FieldClass.ADMINISTRATIVE,
        "object_type": FieldClass.ADMINISTRATIVE,
        "object_id": FieldClass.SAFE,
        "before": FieldClass.ADMINISTRATIVE,
        "after": FieldClass.ADMINISTRATIVE,
        "reason": FieldClass.CLINICAL,
        "detail": FieldClass.ADMINISTRATIVE,
    }
