"""The calendar: staff's time, sessions, the practice's rules; and what hangs on a session in the record (APPT-1)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from messaging.sessions import Modality, SessionState, Side
from plans.models.record import RecordRow, a_person, known, who_and_when, within


class Slot(models.Model):
    """A stretch of a member of staff's time: a session's, or held for something of their own. No client is in it.

    Two that are not free again never overlap: the database refuses the second.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey("careplan.Practice", on_delete=models.PROTECT, related_name="+")
    clinician = a_person()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    held_for = models.TextField(blank=True, default="")
    free = models.BooleanField(default=False)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "clinician": FieldClass.SAFE,
        "starts_at": FieldClass.ADMINISTRATIVE,
        "ends_at": FieldClass.ADMINISTRATIVE,
        "held_for": FieldClass.ADMINISTRATIVE,
        "free": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="messaging_slot_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Session(models.Model):
    """A meeting of a client with somebody of their care team: when and where, never why (directory tier).

    `sequence` counts its moves. `short_notice` says that it was cancelled after the practice's notice had begun.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField()
    practice_id = models.UUIDField()
    clinician = a_person()
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+", null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.TextField(choices=SessionState.choices)
    modality = models.TextField(choices=Modality.choices)
    place = models.TextField(blank=True, default="")
    link = models.TextField(blank=True, default="")
    series_id = models.UUIDField(null=True)
    sequence = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = a_person()
    settled_at = models.DateTimeField(null=True)
    settled_by = a_person(null=True)
    cancelled_for = models.TextField(choices=Side.choices, blank=True, default="")
    short_notice = models.BooleanField(default=False)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "clinician": FieldClass.SAFE,
        "slot": FieldClass.SAFE,
        "starts_at": FieldClass.ADMINISTRATIVE,
        "ends_at": FieldClass.ADMINISTRATIVE,
        "state": FieldClass.ADMINISTRATIVE,
        "modality": FieldClass.ADMINISTRATIVE,
        "place": FieldClass.ADMINISTRATIVE,
        "link": FieldClass.IDENTIFYING,
        "series_id": FieldClass.SAFE,
        "sequence": FieldClass.SAFE,
        "made_at": FieldClass.ADMINISTRATIVE,
        "made_by": FieldClass.SAFE,
        "settled_at": FieldClass.ADMINISTRATIVE,
        "settled_by": FieldClass.SAFE,
        "cancelled_for": FieldClass.ADMINISTRATIVE,
        "short_notice": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        indexes = [
            models.Index(fields=["practice_id", "starts_at"], name="messaging_session_calendar"),
            models.Index(fields=["client_id", "starts_at"], name="messaging_session_of_client"),
        ]
        constraints = [
            known("state", SessionState, "messaging_session_state_is_known"),
            known("modality", Modality, "messaging_session_modality_is_known"),
            who_and_when("settled_by", "settled_at", "messaging_session_settling_has_its_who"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="messaging_session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state=SessionState.ASKED, slot=None)
                | Q(state=SessionState.BOOKED, slot__isnull=False)
                | ~Q(state__in=[SessionState.ASKED, SessionState.BOOKED]),
                name="messaging_session_booked_has_its_slot",
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.CANCELLED, cancelled_for__in=Side.values)
                | (~Q(state=SessionState.CANCELLED) & Q(cancelled_for="", short_notice=False)),
                name="messaging_session_cancelled_says_for_whom",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CalendarRules(models.Model):
    """What a practice lets clients do with the calendar, and when it is open. Data, changed on its page."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.OneToOneField("careplan.Practice", on_delete=models.PROTECT, related_name="+")
    notice_hours = models.PositiveSmallIntegerField(default=24)
    minutes = models.PositiveSmallIntegerField(default=50)
    weekdays = ArrayField(models.SmallIntegerField())
    opens = models.TimeField()
    closes = models.TimeField()
    said_at = models.DateTimeField()
    said_by = a_person()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "notice_hours": FieldClass.ADMINISTRATIVE,
        "minutes": FieldClass.ADMINISTRATIVE,
        "weekdays": FieldClass.ADMINISTRATIVE,
        "opens": FieldClass.ADMINISTRATIVE,
        "closes": FieldClass.ADMINISTRATIVE,
        "said_at": FieldClass.ADMINISTRATIVE,
        "said_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "messaging_calendar_rules"
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1, weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="messaging_calendar_rules_have_a_day",
            ),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="messaging_calendar_rules_close_later"),
            models.CheckConstraint(condition=Q(notice_hours__lte=336), name="messaging_calendar_rules_notice_is_fair"),
            models.CheckConstraint(condition=Q(minutes__range=(10, 240)), name="messaging_calendar_rules_minutes"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SessionLine(RecordRow):
    """That a line of the plan is what a session is for; taken out again by `linked`."""

    session = within("messaging.Session", related_name="lines")
    item = within("plans.Item", related_name="+")
    linked = models.BooleanField(default=True)
    by = a_person()
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "session": FieldClass.SAFE,
        "item": FieldClass.SAFE,
        "linked": FieldClass.SAFE,
        "by": FieldClass.SAFE,
        "at": FieldClass.SAFE,
    }

    class Meta:
        db_table = "messaging_session_line"
        constraints = [
            models.UniqueConstraint(fields=["client_id", "session", "item"], name="messaging_session_line_once"),
        ]


class Agenda(RecordRow):
    """What a client would like to talk about, in their own words, written beforehand if they like."""

    session = within("messaging.Session", related_name="agendas")
    person = a_person()
    words = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "session": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "words": FieldClass.CLINICAL,
        "at": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "session", "person"], name="messaging_agenda_one_a_person"),
        ]
