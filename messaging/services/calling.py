"""Calling the functions that keep the calendar, and saying their refusals in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.translation import gettext_lazy as _

from careplan.errors import NotYours, Refused

INSUFFICIENT_PRIVILEGE = "42501"
SENTENCES = {
    "messaging_slot_no_overlap": _("That time is taken."),
    "messaging_session_needs_a_yes_to_treatment": _(
        "There is no yes to treatment now, so no new time is booked. Notes and what has been agreed go on."
    ),
    "messaging_session_is_with_the_care_team": _("Sessions are with somebody of the care team."),
    "messaging_session_is_asked_for_a_time_to_come": _("Ask for a time that is still to come."),
    "messaging_session_three_asked_at_once": _("Three times are asked for already. Take one back to ask for another."),
    "messaging_session_moves_within_the_notice": _(
        "It is too close to move it here. You can still cancel, or write a message."
    ),
    "messaging_session_is_settled_when_its_time_has_come": _("That can be said once its time has come."),
    "messaging_session_moves_only_so": _("That isn’t possible any more. Please look at it again."),
    "messaging_session_ends_after_start": _("The end comes after the beginning."),
    "messaging_slot_ends_after_it_starts": _("The end comes after the beginning."),
}


def call(function: str, arguments: Sequence[Any]) -> None:
    """Calls one function of the guard. Raises NotYours, or Refused with the sentence of the rule that says no."""
    places = ", ".join(["%s"] * len(arguments))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select guard.{function}({places})", list(arguments))
    except IntegrityError as error:
        raise Refused(str(SENTENCES.get(_rule(error), _("That isn’t possible now.")))) from error
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") == INSUFFICIENT_PRIVILEGE:
            raise NotYours from error
        raise


def _rule(error: IntegrityError) -> str:
    said = getattr(error.__cause__, "diag", None)
    return (said.constraint_name or said.message_primary or "") if said else ""
