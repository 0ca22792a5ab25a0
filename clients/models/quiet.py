"""How quiet a client's own pages are, and what is tucked away from them (SAFE-7): the safety class, and only staff's.

A policy hides both tables from the portal itself: whoever looks over a shoulder finds no gap, no count and no mark.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from clients.models.said import How


class Shows(models.TextChoices):
    """What the pages of a client show."""

    EVERYTHING = "everything", _("Everything")
    CHOSEN = "chosen", _("Only the parts I choose")
    APPOINTMENTS = "appointments", _("My appointments only")
    NOTHING = "nothing", _("Nothing at all")


class Part(models.TextChoices):
    """A part of the pages that can be chosen."""

    APPOINTMENTS = "appointments", _("Appointments")
    PLAN = "plan", _("My plan")
    MESSAGES = "messages", _("Messages")
    RESOURCES = "resources", _("Resources")
    PERMISSIONS = "permissions", _("Permissions")
    INFORMATION = "information", _("My information")


class BigSteps(models.TextChoices):
    """Where big steps are taken: ending, export, a new trusted person, address, device, recovery."""

    HERE = "here", _("Here in my pages")
    WITH_US = "with_us", _("Only in person, or on a call with our word")


class Hidden(models.TextChoices):
    """What kind of thing is tucked away; its key is an id, or for an organisation its name."""

    ITEM = "item", "A line of the plan"
    MESSAGE = "message", "A message"
    RESOURCE = "resource", "A resource"
    ORGANISATION = "organisation", "An organisation"
    LEDGER = "ledger", "A line of who saw it"


class Quiet(models.Model):
    """One setting of the pages. Append-only: the latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    shows = models.TextField(choices=Shows.choices)
    parts = ArrayField(models.TextField(choices=Part.choices), default=list)
    big_steps = models.TextField(choices=BigSteps.choices, default=BigSteps.HERE)
    agreed_word = models.TextField(blank=True, default="")
    how = models.TextField(choices=How.choices)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "shows": FieldClass.CLINICAL,
        "parts": FieldClass.CLINICAL,
        "big_steps": FieldClass.CLINICAL,
        "agreed_word": FieldClass.IDENTIFYING,
        "how": FieldClass.ADMINISTRATIVE,
        "set_at": FieldClass.ADMINISTRATIVE,
        "set_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_quiet"
        constraints = [
            models.CheckConstraint(condition=Q(shows__in=Shows.values), name="clients_quiet_shows_is_known"),
            models.CheckConstraint(condition=Q(parts__contained_by=Part.values), name="clients_quiet_parts_are_known"),
            models.CheckConstraint(
                condition=Q(shows=Shows.CHOSEN) | Q(parts=[]), name="clients_quiet_parts_only_when_chosen"
            ),
            models.CheckConstraint(condition=Q(big_steps__in=BigSteps.values), name="clients_quiet_big_steps_is_known"),
            models.CheckConstraint(
                condition=Q(agreed_word="") | Q(big_steps=BigSteps.WITH_US), name="clients_quiet_word_is_for_big_steps"
            ),
            models.CheckConstraint(condition=Q(how__in=How.values), name="clients_quiet_how_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TuckedAway(models.Model):
    """One thing that no page, export or proxy view of the client shows, until staff bring it back at their word."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(editable=False)
    practice_id = models.UUIDField(editable=False)
    kind = models.TextField(choices=Hidden.choices)
    key = models.TextField()
    how = models.TextField(choices=How.choices)
    tucked_at = models.DateTimeField()
    tucked_by = models.UUIDField()
    back_at = models.DateTimeField(null=True)
    back_by = models.UUIDField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "kind": FieldClass.CLINICAL,
        "key": FieldClass.IDENTIFYING,
        "how": FieldClass.ADMINISTRATIVE,
        "tucked_at": FieldClass.ADMINISTRATIVE,
        "tucked_by": FieldClass.ADMINISTRATIVE,
        "back_at": FieldClass.ADMINISTRATIVE,
        "back_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "clients_tucked_away"
        constraints = [
            models.UniqueConstraint(
                fields=["client_id", "kind", "key"], condition=Q(back_at=None), name="clients_tucked_away_once"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="clients_tucked_away_says_what"),
            models.CheckConstraint(condition=Q(kind__in=Hidden.values), name="clients_tucked_away_kind_is_known"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="clients_tucked_away_how_is_known"),
            models.CheckConstraint(
                condition=Q(back_at=None, back_by=None) | Q(back_at__isnull=False, back_by__isnull=False),
                name="clients_tucked_away_back_has_its_who",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
