"""What the client took off the table, at hand before anything is proposed (PLAN-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.kinds import CLIENT_SIDE
from plans.practice.around import Desk, desk_of, plan_page, show
from plans.practice.tree import is_off, tree_title
from plans.selectors.declined import asked_to_leave, still_off
from plans.selectors.desk_rows import DeskRow

PASSED = "That date has passed: it can be raised again."


@dataclass(frozen=True)
class OffLine:
    """A line off the table, and what was said about it."""

    id: UUID
    title: str
    words: str
    said: str
    own_words: str
    at: datetime | None
    passed: bool


def off_lines(desk: Desk) -> list[OffLine]:
    """Returns everything off the table, latest said first. No query of its own."""
    found = [_line(row, desk) for row in desk.rows.rows if is_off(row)]
    return sorted(found, key=lambda line: line.at or desk.front.now, reverse=True)


@plan_page
@require_safe
def off_table(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The list, each with what the client asked and until when."""
    desk = desk_of(request, client_id)
    return show(request, desk, "plans/off_table.html", {"off": off_lines(desk)})


def off_said(row: DeskRow, desk: Desk) -> str:
    """What was said about a line off the table, as a sentence."""
    standing, answer = row.standing, row.off_answer
    if answer is not None and answer.role_held not in CLIENT_SIDE:
        who = "You" if answer.person_id == desk.by.person_id else desk.rows.names.get(answer.person_id, "A colleague")
        return f"{who} said no, with a reason."
    return asked_to_leave(desk.client.name, standing.off_choice, standing.off_until, standing.off_until_raised)


def _line(row: DeskRow, desk: Desk) -> OffLine:
    standing, answer = row.standing, row.off_answer
    return OffLine(
        id=row.id,
        title=tree_title(row),
        words=row.title,
        said=off_said(row, desk),
        own_words=(answer.words or "") if answer else "",
        at=answer.at if answer else None,
        passed=not still_off(standing.off_choice, standing.off_until, desk.front.now.date()),
    )
