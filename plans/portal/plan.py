"""My plan: strengths first, a card for each goal, how we work on it, what is with the practice (screen 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careplan.ui.pages import see_other
from plans.content import lines_of, words_of
from plans.kinds import Progress, RestScope
from plans.portal.around import clock_sentence, ensure_running, heading, is_own, my_page, plan_of, show, who_does
from plans.portal.told import seen_beside
from plans.selectors.comments import seen_differently
from plans.selectors.desk_front import PauseSeen
from plans.selectors.desk_rows import DeskRow
from plans.selectors.own_plan import OwnPlan, rows_under, waits_for
from plans.services.items import reorder

STEPS = {"earlier": -1, "later": 1}


@dataclass(frozen=True)
class Look:
    """How a line stands, as the tag says it."""

    tag: str
    words: str


@dataclass(frozen=True)
class Card:
    """One goal."""

    row: DeskRow
    words: str
    clinical: str
    look: Look
    next_step: str
    pause: PauseSeen | None
    first: bool
    last: bool
    beside: list[tuple[str, str]]


@dataclass(frozen=True)
class Way:
    """One line of what is done: who does it, how often, how it stands."""

    row: DeskRow
    words: str
    own: bool
    who: str
    often: str
    look: Look
    waits: bool


@my_page
@require_safe
def plan(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The whole plan on one page."""
    own = plan_of(request, client_id)
    goals, beside = own.goals, seen_differently(client_id)
    shown = {
        "strengths": [row for row in own.statements if row.standing.statement_type == "going_for_me"],
        "statements": [
            {
                "row": row,
                "heading": heading(row),
                "look": look_of(row, own),
                "words": words_of(row.shown.content),
                "beside": seen_beside(beside.get(row.id, []), own),
            }
            for row in own.statements
            if row.standing.statement_type != "going_for_me"
        ],
        "cards": [_card(row, own, n, seen_beside(beside.get(row.id, []), own)) for n, row in enumerate(goals)],
        "ways": [_way(row, own) for row in own.ways],
        "with_staff": [
            {
                "row": row,
                "words": words_of(row.open.content),
                "clock": clock_sentence(own.duties.get(row.open.id), own.therapist),
            }
            for row in own.with_staff
            if row.open
        ],
        "agreed": sum(row.standing.effective for row in own.rows.rows),
        "total": len(own.rows.rows),
        "open": sum(1 for row in own.rows.rows if row.in_force is None and not row.standing.off_choice),
        "rest": own.resting(RestScope.THERAPY) or own.resting(RestScope.EVERYTHING) or own.resting(RestScope.PLAN),
    }
    return show(request, own, "plans/my/plan.html", shown)


@my_page
@require_POST
def order(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Puts a goal before or after its neighbour; nobody's answer is needed (PLAN-5d)."""
    own = plan_of(request, client_id, item_id=item_id)
    reorder(plan_id=ensure_running(own), item_ids=_swapped(own, STEPS.get(request.POST.get("to", ""), 0)), by=own.by)
    return see_other("my_plan:plan")


def look_of(row: DeskRow, own: OwnPlan) -> Look:
    """How a line stands, for the client."""
    if own.pause_of(row):
        return Look("paused", _("Paused"))
    if row.open and waits_for(row.open, own.by.person_id):
        return Look("changed", _("Changed since you agreed")) if row.in_force else Look("open", _("Waiting for you"))
    if row.open and row.open.with_therapist:
        return Look("open", _("With %(name)s") % {"name": own.therapist})
    if row.open and not row.in_force:
        return Look("open", _("Waiting for others"))
    if row.standing.waiting:
        return Look("waiting", _("Agreed, waits for its goal"))
    if row.in_force:
        return _agreed(row)
    return Look("off", _("Off the table"))


def _agreed(row: DeskRow) -> Look:
    progress = Progress(row.standing.progress)
    if progress == Progress.PAUSED:
        return Look("paused", _("Agreed, paused"))
    if progress == Progress.IN_PROGRESS:
        return Look("agreed", _("Agreed, under way"))
    word = "" if progress == Progress.NOT_STARTED else str(progress.label).lower()
    return Look("agreed", f"{_('Agreed')}, {word}" if word else _("Agreed"))


def next_step(row: DeskRow, own: OwnPlan) -> str:
    """The first agreed line under a goal that is not done yet."""
    done = (Progress.MET, Progress.DROPPED, Progress.REPLACED, Progress.NOT_MET)
    under: Sequence[DeskRow] = [each for each in rows_under(own, row) if each.standing.effective]
    left = [each for each in under if each.standing.progress not in done]
    return words_of(left[0].shown.content) if left else ""


def _card(row: DeskRow, own: OwnPlan, place: int, beside: list[tuple[str, str]]) -> Card:
    content: Any = row.shown.content
    return Card(
        row=row,
        words=words_of(content),
        clinical=content.clinical_wording if content.client_words else "",
        look=look_of(row, own),
        next_step=next_step(row, own),
        pause=own.pause_of(row),
        first=place == 0,
        last=place == len(own.goals) - 1,
        beside=beside,
    )


def _way(row: DeskRow, own: OwnPlan) -> Way:
    content = row.shown.content
    told = {line.key: line.text for line in lines_of(content)}
    return Way(
        row=row,
        words=words_of(content),
        own=is_own(row),
        who=who_does(content, own) or str(_("A step to see")),
        often=told.get("frequency") or told.get("by") or "",
        look=look_of(row, own),
        waits=bool(row.open and waits_for(row.open, own.by.person_id)),
    )


def _swapped(own: OwnPlan, step: int) -> list[UUID]:
    ids = [each.id for each in own.rows.rows]
    goals = [each.id for each in own.goals]
    if own.item.id not in goals or not 0 <= goals.index(own.item.id) + step < len(goals):
        return ids
    here, there = ids.index(own.item.id), ids.index(goals[goals.index(own.item.id) + step])
    ids[here], ids[there] = ids[there], ids[here]
    return ids
