"""What the forms of a line offer: where it can stand, who can do it, what it works towards."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from plans.kinds import Doer, ItemKind
from plans.practice.around import Desk
from plans.practice.item_forms import Choices
from plans.practice.tree import is_off
from plans.selectors.desk_rows import DeskRow
from plans.selectors.flat import PERSON
from plans.services.items import FITS

BY_ITSELF = ("", "By itself")


def offered(desk: Desk, kind: str) -> dict[str, Choices]:
    """Returns the choices of a form, by field. No query of its own."""
    found: dict[str, Choices] = {"parent": [BY_ITSELF, *_named(parents(desk, kind))]}
    if kind == ItemKind.INTERVENTION:
        found["doer"] = doers(desk)
        found["objectives"] = _named(_of_kind(desk, (ItemKind.OBJECTIVE,)))
    return found


def parents(desk: Desk, kind: str) -> list[DeskRow]:
    """Returns the lines that a line of this kind can stand under, without itself and what is under it."""
    below = _below(desk, desk.row.id) if desk.row else set()
    return [row for row in _of_kind(desk, FITS.get(ItemKind(kind), ())) if row.id not in below]


def doers(desk: Desk) -> list[tuple[str, str]]:
    """Returns who can do an intervention: the client, the therapist, others in the care team."""
    people = desk.front.helpers | _already_asked(desk)
    return [
        (Doer.THERAPIST.value, "You" if desk.front.is_therapist else "The therapist"),
        (Doer.CLIENT.value, desk.client.name),
        *((f"{PERSON}{person}", name) for person, name in sorted(people.items(), key=lambda pair: pair[1])),
    ]


def _already_asked(desk: Desk) -> dict[UUID, str]:
    """Whoever the wordings of this line name stays on offer."""
    named = [getattr(wording.content, "doer", None) for wording in desk.story.wordings]
    people = {doer.person for doer in named if doer is not None and doer.person}
    return {person: desk.rows.names.get(person, "Somebody else") for person in people}


def _of_kind(desk: Desk, kinds: Iterable[str]) -> list[DeskRow]:
    wanted = set(kinds)
    return [row for row in desk.rows.rows if row.standing.kind in wanted and not is_off(row)]


def _below(desk: Desk, item_id: UUID) -> set[UUID]:
    found, todo = set(), {item_id}
    while todo:
        found |= todo
        todo = {row.id for row in desk.rows.rows if row.standing.parent_id in todo} - found
    return found


def _named(rows: Iterable[DeskRow]) -> list[tuple[str, str]]:
    return [(str(row.id), row.title) for row in rows]
