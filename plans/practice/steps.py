"""What can be done with a line besides rewording it: progress, order, another place, one's own yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from plans.kinds import THERAPIST_ROLES, Choice, ItemKind, PartyKind
from plans.moves import PROGRESS_MOVES
from plans.practice.around import Desk
from plans.practice.tree import is_off
from plans.selectors.desk_rows import DeskRow, Wording

VERBS = {
    "start": "Start on it",
    "pause": "Pause it",
    "resume": "Go on with it",
    "meet": "Met",
    "meet_partly": "Partly met",
    "not_meet": "Not met",
    "drop": "Drop it",
    "take_up_again": "Take it up again",
}


@dataclass(frozen=True)
class Step:
    """One move of the table of moves, as a button."""

    verb: str
    label: str


def steps_of(desk: Desk) -> dict[str, Any]:
    """What the item's page offers below its words."""
    row = desk.item
    place, siblings = place_among(desk, row)
    return {
        "steps": progress_steps(row),
        "is_first": place == 0,
        "is_last": place == len(siblings) - 1,
        "has_order": len(siblings) > 1,
        "has_place": row.standing.kind != ItemKind.STATEMENT,
        "my_yes": my_yes(desk),
        "my_no": my_no(desk),
    }


def progress_steps(row: DeskRow) -> list[Step]:
    """The moves out of where a line's work stands now; what isn't agreed has no progress."""
    if row.in_force is None or row.standing.kind == ItemKind.STATEMENT:
        return []
    moves = PROGRESS_MOVES.allowed(row.standing.progress)
    return [Step(move.verb, VERBS[move.verb]) for move in moves if move.verb in VERBS]


def place_among(desk: Desk, row: DeskRow) -> tuple[int, list[DeskRow]]:
    """Where a line stands among those it can change places with."""
    if row.standing.kind == ItemKind.STATEMENT or is_off(row):
        return 0, [row]
    top = row.standing.parent_id is None
    siblings = [
        each
        for each in desk.rows.children(row.standing.parent_id)
        if not is_off(each) and (_group(each) == _group(row) if top else True)
    ]
    ids = [each.id for each in siblings]
    return ids.index(row.id), siblings


def swapped(desk: Desk, row: DeskRow, step: int) -> list[UUID]:
    """Every line's id in the new order: this one before or after its neighbour."""
    place, siblings = place_among(desk, row)
    order = [each.id for each in desk.rows.rows]
    if not 0 <= place + step < len(siblings):
        return order
    here, there = order.index(row.id), order.index(siblings[place + step].id)
    order[here], order[there] = order[there], order[here]
    return order


def my_yes(desk: Desk) -> Wording | None:
    """The wording in force that this therapist's own yes is part of."""
    row = desk.item
    return row.in_force if row.in_force and _my_choice(desk, row.in_force) == Choice.YES else None


def my_no(desk: Desk) -> Wording | None:
    """The last wording, out of force by this therapist's own no: it can be answered yes again."""
    highest = desk.item.highest
    return highest if _my_choice(desk, highest) == Choice.NO else None


def _my_choice(desk: Desk, wording: Wording) -> str:
    if not desk.front.is_therapist:
        return ""
    for party in wording.parties:
        last = wording.last_word(party)
        if party.kind == PartyKind.THERAPIST and last is not None and last.role_held in THERAPIST_ROLES:
            return last.choice
    return ""


def _group(row: DeskRow) -> str:
    kind = row.standing.kind
    return "goal" if kind == ItemKind.GOAL else "how"
