"""Lines of the client's plan that a message or an offer may be about, by their titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from plans.content import content_of, title_of
from plans.kinds import ItemKind, StatementType
from plans.models import ItemRevision, Standing

OFFERED_FOR = (StatementType.WORRIES, StatementType.IN_THE_WAY, StatementType.BRINGS_ME)


@dataclass(frozen=True)
class Line:
    """A line of the plan. `on_table` says whether it may be raised without being asked."""

    item_id: UUID
    kind: str
    statement_type: str
    title: str
    on_table: bool

    @property
    def takes_offers(self) -> bool:
        """Whether resources are offered for it: a goal, or what worries the client."""
        return self.on_table and (self.kind == ItemKind.GOAL or self.statement_type in OFFERED_FOR)


def lines_of(client_id: UUID) -> dict[UUID, Line]:
    """Every line of an opened record's plans, in their order. Two queries."""
    standings = list(Standing.objects.filter(client_id=client_id).order_by("position", "item_id"))
    shown = {row.item_id: row.in_force_id or row.open_id or row.highest_id for row in standings}
    contents = dict(ItemRevision.objects.filter(id__in=shown.values()).values_list("id", "content"))
    return {row.item_id: _line(row, contents.get(shown[row.item_id])) for row in standings}


def lines_to_tuck(client_id: UUID) -> list[tuple[str, str]]:
    """Every line by its id, with what it is called."""
    return [(str(line.item_id), line.title or "A line") for line in lines_of(client_id).values()]


def _line(row: Standing, content: Mapping[str, Any] | None) -> Line:
    title = title_of(content_of(row.kind, content, statement_type=row.statement_type)) if content else ""
    return Line(row.item_id, row.kind, row.statement_type, title, row.off_choice is None)
