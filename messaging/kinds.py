"""The words of this app: what is answered to what is offered, and by whose side."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceChoice(models.TextChoices):
    """What a client says to something offered (MSG-5); none of them weighs more than another."""

    KEEP = "keep", _("Keep")
    LATER = "later", _("Later")
    NOT_FOR_ME = "not_for_me", _("Not for me")
    TELL_ME_MORE = "tell_me_more", _("Tell me more")


class Medium(models.TextChoices):
    """In what shape a piece comes."""

    TEXT = "text", _("To read")
    WORKSHEET = "worksheet", _("To fill in")


class Approach(models.TextChoices):
    """Where a piece comes from."""

    CBT = "cbt", "Cognitive behavioural therapy"
    SLEEP = "cbt_i", "Behavioural sleep work"
    ASSERTIVENESS = "assertiveness", "Assertiveness training"
