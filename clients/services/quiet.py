"""A quieter portal, at the client's word (SAFE-7): set, tucked away, brought back. Everything stays in the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor, Hat
from careplan.access.classes import DataClass
from careplan.errors import Conflict, NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.models import BigSteps, Hidden, How, Part, Quiet, Shows, TuckedAway
from clients.selectors.quiet import tucked_away
from clients.services.change import Change, begin_change, clean_line

TOGETHER = _("This is done together. Talk to your therapist, or call us.")


@dataclass(frozen=True)
class QuietWish:
    """How quiet the pages should be."""

    shows: Shows
    parts: Iterable[Part] = ()
    big_steps: BigSteps = BigSteps.HERE
    agreed_word: str = ""


def set_quiet(*, client_id: UUID, wish: QuietWish, how: How, by: Actor) -> None:
    """Counts from now on, for every page, export and proxy view. Raises Refused for no part chosen."""
    change = _begin(client_id, how, by)
    _ensure_not_loosened(client_id, wish, by)
    parts = sorted({Part(each).value for each in wish.parts}) if wish.shows == Shows.CHOSEN else []
    if wish.shows == Shows.CHOSEN and not parts:
        raise Refused(_("Choose at least one part, or “Nothing at all”."))
    word = clean_line(wish.agreed_word) if wish.big_steps == BigSteps.WITH_US else ""
    row = Quiet(
        **change.keys,
        shows=wish.shows,
        parts=parts,
        big_steps=wish.big_steps,
        agreed_word=word,
        how=how,
        set_at=change.at,
        set_by=change.by,
    )
    Quiet.objects.bulk_create([row])
    _tell("quiet.set", client_id, row.id)


def _ensure_not_loosened(client_id: UUID, wish: QuietWish, by: Actor) -> None:
    """Whoever holds the client's open pages doesn't undo what they asked to be kept for in person (SAFE-7)."""
    louder = wish.big_steps == BigSteps.HERE or wish.shows not in (Shows.NOTHING, Shows.APPOINTMENTS)
    if by.hat is Hat.CLIENT and louder:
        ensure_big_step_here(client_id)


def tuck_away(*, client_id: UUID, kind: Hidden, key: UUID | str, how: How, by: Actor) -> None:
    """Takes one thing out of the client's pages, their export and every proxy view. Twice is once."""
    change = _begin(client_id, how, by)
    said = clean_line(str(key))
    if not said:
        raise Refused(_("Say what to tuck away."))
    row_id = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            "select app.clients_tuck_away(%s, %s, %s, %s, %s, %s)",
            [row_id, client_id, change.practice_id, Hidden(kind), said, how],
        )
        is_new = cursor.fetchone()[0]
    if is_new:
        _tell("quiet.tucked", client_id, row_id)


def bring_back(*, client_id: UUID, tucked_id: UUID, by: Actor) -> None:
    """Shows it again. By staff at the client's word: the pages themselves don't say what is tucked away."""
    if by.hat is not Hat.STAFF:
        raise NotYours
    change = begin_change(client_id=client_id, data_class=DataClass.SAFETY, by=by)
    row = TuckedAway.objects.filter(client_id=client_id, id=tucked_id).first()
    if row is None:
        raise NotYours
    if row.back_at is not None:
        raise Conflict(_("It is shown again already."))
    TuckedAway.objects.filter(id=row.id).update(back_at=change.at, back_by=change.by)
    _tell("quiet.brought_back", client_id, row.id)


def ensure_big_step_here(client_id: UUID) -> None:
    """Raises Refused where the client keeps big steps for in person: ending, export, trusted person, device, recovery.

    The sentence is what anybody would read: it doesn't say that something was set.
    """
    if tucked_away(client_id).keeps_big_steps:
        raise Refused(TOGETHER)


def _begin(client_id: UUID, how: How, by: Actor) -> Change:
    if (by.hat is Hat.CLIENT) != (how == How.OWN_HAND_PORTAL):
        raise Refused(_("Say how they told you."))
    return begin_change(client_id=client_id, data_class=DataClass.SAFETY, by=by)


def _tell(kind: str, client_id: UUID, row_id: UUID) -> None:
    record(kind=kind, client_id=client_id, object_type="quiet", object_id=row_id)
