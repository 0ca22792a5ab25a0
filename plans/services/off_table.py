"""What the client took off the table is not raised again before its date without being asked (PLAN-6)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from careplan.errors import Refused
from plans.content import Content
from plans.models import Plan
from plans.selectors.declined import asked_to_leave, first_match, question, still_off
from plans.selectors.people import local_day

__all__ = ["OffTheTable", "asked_to_leave", "raised_over", "still_off"]


class OffTheTable(Refused):
    """It is off the table; the sentence asks whether to raise it anyway. `answer_id` is what would be overridden.

    `line` is the key of the line it was written on, when that was a sheet.
    """

    def __init__(self, sentence: str, *, answer_id: UUID, item_id: UUID) -> None:
        super().__init__(sentence)
        self.answer_id = answer_id
        self.item_id = item_id
        self.line = ""


def raised_over(*, plan: Plan, item_id: UUID | None, content: Content, at: datetime, raise_anyway: bool) -> UUID | None:
    """Returns the answer that is overridden, or None. Raises OffTheTable unless `raise_anyway`."""
    found = first_match(plan.client_id, item_id, content, local_day(plan.client_id, at))
    if found is None:
        return None
    if not raise_anyway:
        raise OffTheTable(question(plan.client_id, found), answer_id=found.answer_id, item_id=found.item_id)
    return found.answer_id
