"""The words of the calendar, and the moves of a session as a table; the database holds the same ones (APPT-1)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from careplan.workflow import Move, Workflow, moves


class SessionState(models.TextChoices):
    """How a session stands."""

    ASKED = "asked", _("Asked for")
    BOOKED = "booked", _("Booked")
    KEPT = "kept", _("Kept")
    DID_NOT_ATTEND = "did_not_attend", _("Did not attend")
    CANCELLED = "cancelled", _("Cancelled")
    TURNED_DOWN = "turned_down", _("Not possible")


class Modality(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("In the room")
    VIDEO = "video", _("By video")
    PHONE = "phone", _("By phone")


class Side(models.TextChoices):
    """For whom a session was cancelled."""

    CLIENT = "client", _("By the client")
    PRACTICE = "practice", _("By the practice")


S = SessionState
SESSION_MOVES = Workflow(
    field="state",
    states=SessionState,
    noun="this session",
    moves=(
        Move(S.ASKED, S.BOOKED, "accept"),
        Move(S.ASKED, S.TURNED_DOWN, "turn_down"),
        *moves("cancel", sources=(S.ASKED, S.BOOKED), to=S.CANCELLED),
        Move(S.BOOKED, S.BOOKED, "move"),
        *moves("keep", sources=(S.BOOKED, S.DID_NOT_ATTEND), to=S.KEPT),
        *moves("miss", sources=(S.BOOKED, S.KEPT), to=S.DID_NOT_ATTEND),
    ),
)
