"""The moves of a consent, made by the database alone (adr/0008). Python says beforehand whether a move is possible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from careplan.errors import Conflict
from careplan.ids import uuid7
from clients.consents.moves import CONSENT
from clients.models import Consent, How

MOVED = _("This permission has moved on since the page was opened. Please look again.")


def give(
    row: Consent, how: How, *, limits: str = "", scope: Sequence[str] | None = None, until: datetime | None = None
) -> None:
    """Given as of now; what was given before it is replaced. Raises Refused, or Conflict when it moved meanwhile."""
    CONSENT.move(row.state, "give")
    wanted = list(scope) if scope is not None else None
    _made(_call("guard.give_consent(%s, %s, %s, %s::text[], %s)", row.id, how, limits, wanted, until))
    row.refresh_from_db()


def move_offer(row: Consent, verb: str, how: str = "") -> None:
    """Declined, left for later, asked again or taken back. Raises Refused, or Conflict when it moved meanwhile."""
    move = CONSENT.move(row.state, verb)
    _made(_call("guard.move_offer(%s, %s, %s)", row.id, move.to, how))
    row.refresh_from_db()


def end(row: Consent, verb: str, how: str = "") -> None:
    """Withdrawn, or struck out as entered in error. Raises Conflict when it stands otherwise; nothing has changed."""
    if not CONSENT.can(row.state, verb):
        raise Conflict(MOVED)
    _made(_call("guard.end_consent(%s, %s, %s)", row.id, CONSENT.move(row.state, verb).to, how))
    row.refresh_from_db()


def narrow(row: Consent, how: How, *, scope: Sequence[str], until: datetime | None) -> UUID:
    """The id of the narrower one in its place. Raises Conflict when it doesn't stand any more."""
    new = uuid7()
    _made(_call("guard.narrow_consent(%s, %s, %s, %s::text[], %s)", row.id, new, how, list(scope), until))
    row.refresh_from_db()
    return new


def keep_limits(row: Consent, how_kept: str) -> None:
    """How its limits in words are kept. Raises Conflict when there is nothing to arrange."""
    _made(_call("guard.arrange_limits(%s, %s)", row.id, how_kept))


def _made(moment: datetime | None) -> None:
    if moment is None:
        raise Conflict(MOVED)


def _call(function: str, *arguments: Any) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}", list(arguments))
        moment: datetime | None = cursor.fetchone()[0]
    return moment
