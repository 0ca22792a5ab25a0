"""How something a client said came into the record, and who may read it there."""

from __future__ import annotations

from django.db import models


class How(models.TextChoices):
    """How the client's words or yes came to be written down."""

    SAID_IN_SESSION = "said_in_session", "Said in the room, typed by staff"
    OWN_HAND_PRACTICE = "own_hand_practice", "Own hand, on our device"
    PHONE_OR_VIDEO = "phone_or_video", "By phone or video"
    ON_PAPER = "on_paper", "On paper"
    OWN_HAND_PORTAL = "own_hand_portal", "Own hand, in their own pages"


class Visibility(models.TextChoices):
    """Who sees a line on a screen, as the client wants it (CLIENT-3)."""

    THERAPIST = "therapist", "They and their therapist"
    CARE_TEAM = "care_team", "The care team"
    NO_SCREEN = "no_screen", "Not shown on screens"


class Told(models.TextChoices):
    """An answer that may not have been asked for yet."""

    NOT_ASKED = "not_asked", "Not asked yet"
    YES = "yes", "Yes"
    NO = "no", "No"
