"""How something a client said came into the record, and who may read it there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How the client's words or yes came to be written down."""

    SAID_IN_SESSION = "said_in_session", _("Said in the room, typed by staff")
    OWN_HAND_PRACTICE = "own_hand_practice", _("Own hand, on our device")
    PHONE_OR_VIDEO = "phone_or_video", _("By phone or video")
    ON_PAPER = "on_paper", _("On paper")
    OWN_HAND_PORTAL = "own_hand_portal", _("Own hand, in their own pages")


class Visibility(models.TextChoices):
    """Who sees a line on a screen, as the client wants it (CLIENT-3)."""

    THERAPIST = "therapist", _("They and their therapist")
    CARE_TEAM = "care_team", _("The care team")
    NO_SCREEN = "no_screen", _("Not shown on screens")


class Told(models.TextChoices):
    """An answer that may not have been asked for yet."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")
