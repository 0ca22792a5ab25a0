"""The left pane: every line of the plan, grouped, in order, each with its shape and word."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from plans.kinds import ItemKind, StatementType
from plans.practice.looks import Look, look_of
from plans.practice.person import Spoken
from plans.selectors.desk_rows import DeskRow, DeskRows
from plans.selectors.heads import Agreed

STATEMENT_ORDER = list(StatementType)


@dataclass(frozen=True)
class Leaf:
    """One line of the tree, with the lines under it."""

    id: UUID
    title: str
    look: Look
    current: bool
    children: tuple[Leaf, ...] = ()


@dataclass(frozen=True)
class Branch:
    """A heading of the tree and its lines."""

    head: str
    leaves: tuple[Leaf, ...] = field(default=())


@dataclass(frozen=True)
class Planting:
    """What a tree is grown from: the rows, whose they are, and the line being looked at."""

    rows: DeskRows
    client: Spoken
    current: UUID | None

    def leaf(self, row: DeskRow, title: str = "") -> Leaf:
        """One line and all that is under it and on the table."""
        under = tuple(self.leaf(child) for child in self.rows.children(row.id) if not is_off(child))
        return Leaf(row.id, title or tree_title(row), look_of(row, self.client), row.id == self.current, under)


def branches(rows: DeskRows, client: Spoken, current: UUID | None) -> list[Branch]:
    """Returns the tree under its headings; headings without lines are left out."""
    planting = Planting(rows, client, current)
    on = [row for row in rows.rows if not is_off(row)]
    off = [row for row in rows.rows if is_off(row)]
    off_ids = {row.id for row in off}
    tops = [row for row in on if row.standing.parent_id is None]
    orphans = [row for row in on if row.standing.parent_id in off_ids]
    found = [
        Branch(f"About {client.name}", tuple(planting.leaf(row) for row in about(tops))),
        Branch("Goals", tuple(planting.leaf(row, f"{n} · {row.title}") for n, row in enumerate(goals(tops), 1))),
        Branch("How we work", tuple(planting.leaf(row) for row in how_we_work(tops))),
        Branch("Waiting for a goal", tuple(planting.leaf(row) for row in orphans)),
        Branch(
            "Off the table",
            tuple(Leaf(row.id, tree_title(row), look_of(row, client), row.id == current) for row in off),
        ),
    ]
    return [branch for branch in found if branch.leaves]


def coverage(rows: DeskRows) -> Agreed:
    """Returns the counts that the pips show."""
    waiting = sum(1 for row in rows.rows if row.standing.waiting)
    off = sum(1 for row in rows.rows if is_off(row))
    agreed = sum(1 for row in rows.rows if row.standing.effective)
    return Agreed(agreed, len(rows.rows) - agreed - waiting - off, waiting, off)


def is_off(row: DeskRow) -> bool:
    """Whether a line is off the table: declined or not now, and nothing of it in force or open."""
    return bool(row.standing.off_choice)


def about(tops: list[DeskRow]) -> list[DeskRow]:
    """The client's statements, strengths first."""
    said = [row for row in tops if row.standing.kind == ItemKind.STATEMENT and not is_look_again(row)]
    return sorted(said, key=lambda row: STATEMENT_ORDER.index(StatementType(row.standing.statement_type)))


def goals(tops: list[DeskRow]) -> list[DeskRow]:
    """The goals at the top, in order."""
    return [row for row in tops if row.standing.kind == ItemKind.GOAL]


def how_we_work(tops: list[DeskRow]) -> list[DeskRow]:
    """What belongs to no goal: objectives and interventions by themselves, and when to look again."""
    kinds = (ItemKind.OBJECTIVE, ItemKind.INTERVENTION)
    return [row for row in tops if row.standing.kind in kinds] + [row for row in tops if is_look_again(row)]


def is_look_again(row: DeskRow) -> bool:
    """Whether a line says when to look at the plan again."""
    return bool(row.standing.statement_type == StatementType.LOOK_AGAIN)


def tree_title(row: DeskRow) -> str:
    """A statement is called by its question, anything else by its first words."""
    if row.standing.kind != ItemKind.STATEMENT:
        return row.title
    label = str(StatementType(row.standing.statement_type).label)
    return f"{label} {row.title}" if is_look_again(row) else label


def heading(row: DeskRow, rows: DeskRows) -> str:
    """What an item's page is called: “Goal 1”, “What I hope for”, “What we’ll do”."""
    if row.standing.kind == ItemKind.STATEMENT:
        return str(StatementType(row.standing.statement_type).label)
    if row.standing.kind == ItemKind.GOAL and row.standing.parent_id is None:
        numbered = [
            each.id
            for each in goals([each for each in rows.rows if each.standing.parent_id is None and not is_off(each)])
        ]
        return f"Goal {numbered.index(row.id) + 1}" if row.id in numbered else "Goal"
    return str(ItemKind(row.standing.kind).label)
