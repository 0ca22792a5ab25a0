"""Which lines a sheet shows, in what order: what is written, and the empty lines to write on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans.kinds import ItemKind, StatementType
from plans.selectors.sheet_lines import LineSeen, SheetSeen, heading_of

FIRST_PLAN = (
    StatementType.GOING_FOR_ME.value,
    StatementType.BRINGS_ME.value,
    ItemKind.GOAL.value,
    ItemKind.OBJECTIVE.value,
    ItemKind.INTERVENTION.value,
    ItemKind.INTERVENTION.value,
    StatementType.LOOK_AGAIN.value,
)
KINDS = (*StatementType.values, ItemKind.GOAL.value, ItemKind.OBJECTIVE.value, ItemKind.INTERVENTION.value)
MORE = (
    (ItemKind.INTERVENTION.value, "Something we’ll do"),
    (ItemKind.OBJECTIVE.value, "How we would see it"),
    (ItemKind.GOAL.value, "Another goal"),
    (StatementType.HOPE.value, "A hope"),
    (StatementType.WORRIES.value, "A worry"),
    (StatementType.IN_THE_WAY.value, "What gets in the way"),
    (StatementType.TIME_TO_STOP.value, "When it’s time to stop"),
)
IN_TREE = (ItemKind.GOAL.value, ItemKind.OBJECTIVE.value, ItemKind.INTERVENTION.value)
MOST = 40


@dataclass(frozen=True)
class Slot:
    """A place on the sheet: `key` is an item's id, or a kind and a number for a line not written yet."""

    key: str
    kind: str
    line: LineSeen | None = None

    @property
    def heading(self) -> str:
        """What it is called."""
        return heading_of(self.kind)


def slots_of(seen: SheetSeen, added: Sequence[str] = ()) -> list[Slot]:
    """The places of a sheet: its lines, the empty ones of a first plan, and those that were added to it."""
    if not seen.may_write:
        return _in_order([Slot(str(line.item_id), line.kind, line) for line in seen.lines])
    written = [Slot(str(line.item_id), line.kind, line) for line in seen.lines]
    return _in_order([*written, *_empty(seen, added)])


def posted_slots(seen: SheetSeen, keys: Iterable[str]) -> list[Slot]:
    """The places that a form was posted for, in its order; what is neither a line of it nor a kind is left out."""
    by_key = {str(line.item_id): line for line in seen.lines}
    found = [_posted(key, by_key) for key in list(dict.fromkeys(keys))[:MOST]]
    return [slot for slot in found if slot is not None]


def unknown_keys(seen: SheetSeen, keys: Iterable[str]) -> list[str]:
    """The posted keys that are no place of this sheet."""
    by_key = {str(line.item_id): line for line in seen.lines}
    return [key for key in keys if _posted(key, by_key) is None]


def name_of(slot: Slot, slots: Sequence[Slot]) -> str:
    """What a place is called by ear: its number on the sheet and its heading."""
    return f"Line {slots.index(slot) + 1}: {slot.heading}"


def next_key(kind: str, keys: Iterable[str]) -> str:
    """The key of one more line of a kind."""
    numbers = [_number(key) for key in keys if kind_of(key) == kind]
    return f"{kind}-{max(numbers, default=0) + 1}"


def kind_of(key: str) -> str:
    """The kind in the key of a line not written yet, or ''."""
    kind, _, number = key.rpartition("-")
    return kind if kind in KINDS and number.isdigit() and len(number) <= 3 else ""


def goal_above(slots: Sequence[Slot], slot: Slot) -> Slot | None:
    """The goal that a new line belongs under: the nearest one above it."""
    if slot.kind not in (ItemKind.OBJECTIVE, ItemKind.INTERVENTION):
        return None
    above = slots[: slots.index(slot)]
    return next((each for each in reversed(above) if each.kind == ItemKind.GOAL), None)


def _posted(key: str, by_key: dict[str, LineSeen]) -> Slot | None:
    if key in by_key:
        return Slot(key, by_key[key].kind, by_key[key])
    kind = kind_of(key)
    return Slot(key, kind) if kind else None


def _empty(seen: SheetSeen, added: Sequence[str]) -> list[Slot]:
    wanted = list(FIRST_PLAN) if seen.is_first else []
    for line in seen.lines:
        if line.kind in wanted:
            wanted.remove(line.kind)
    keys: list[str] = []
    for kind in wanted:
        keys.append(next_key(kind, keys))
    keys += [key for key in added if kind_of(key) and key not in keys]
    return [Slot(key, kind_of(key)) for key in keys]


def _number(key: str) -> int:
    return int(key.rpartition("-")[2])


def _in_order(slots: list[Slot]) -> list[Slot]:
    """Strengths first (PLAN-2), then what was said, then each goal with what belongs to it, then when to look again."""
    goals = {slot.key: place for place, slot in enumerate(s for s in slots if s.kind == ItemKind.GOAL)}
    return [slot for _, slot in sorted(enumerate(slots), key=lambda pair: (*_rank(pair[1], goals), pair[0]))]


def _rank(slot: Slot, goals: dict[str, int]) -> tuple[int, int, int]:
    if slot.kind not in IN_TREE:
        last = slot.kind == StatementType.LOOK_AGAIN
        return (2, 0, 0) if last else (0, StatementType.values.index(slot.kind), 0)
    return 1, _goal_place(slot, goals), IN_TREE.index(slot.kind)


def _goal_place(slot: Slot, goals: dict[str, int]) -> int:
    if slot.key in goals:
        return goals[slot.key]
    if slot.line is None:
        return 0 if _number(slot.key) <= FIRST_PLAN.count(slot.kind) else len(goals)
    return goals.get(str(slot.line.row.standing.parent_id), 0)
