"""The words of reminders: kinds, ways, states, and why one did not go (REM-1, REM-2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    """What somebody may be reminded of; the client chooses which."""

    SESSION = "session", _("An appointment")
    SOMETHING_NEW = "something_new", _("Something new in my pages")
    CONSENT_END = "consent_end", _("A permission that is about to end")
    REVIEW = "review", _("A date to look at things again")


HINTS = {
    ReminderKind.SESSION: _("The day before"),
    ReminderKind.SOMETHING_NEW: _("At most one a day"),
    ReminderKind.CONSENT_END: _("30 days before"),
    ReminderKind.REVIEW: _("14 days before"),
}


class By(models.TextChoices):
    """Which way a reminder comes."""

    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    CALENDAR = "calendar", _("My own calendar")
    NONE = "none", _("Only here")


class ReminderState(models.TextChoices):
    """How far a reminder is. Whether it arrived is said by the outgoing row it became."""

    DUE = "due", "Waiting"
    OUT = "out", "Put out"
    DROPPED = "dropped", "Not sent"


WHY = {
    "stopped": "They stopped reminders.",
    "resting": "They paused everything or stopped.",
    "not_wanted": "They do not want this kind.",
    "only_here": "They read reminders only in their pages.",
    "in_calendar": "They keep appointments in their own calendar.",
    "paused": "They paused reminders.",
    "over": "It was moved, cancelled or is over.",
    "no_treatment": "There is no yes to treatment.",
    "no_messages": "There is no yes to messages.",
    "shows_nothing": "Their pages show nothing now.",
    "no_channel": "There is no yes to this way.",
    "do_not_contact": "They asked not to be contacted.",
    "no_address": "There is no address for this way.",
    "enough": "They had as many as they want in a week.",
    "quiet_now": "It was their quiet time; it waits until that ends.",
}
