"""History: what came into force and what went, in sentences; what changed between any two; what is off the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.portal.around import front_of, heading, is_own, my_page, plan_of, short, show, tucked_lines
from plans.selectors.declined import still_off
from plans.selectors.desk_rows import DeskRow
from plans.selectors.own_plan import OwnPlan, with_what_hangs_under
from plans.selectors.versions import Change, VersionHistory, version_diff, version_history


@my_page
@require_safe
def history(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Every version, newest first; with two chosen, what changed between them."""
    plan = front_of(request, client_id)
    found = version_history(plan_id=plan.front.plan_id) if plan.front.plan_id else None
    hidden = with_what_hangs_under(client_id, tucked_lines(request))
    told = shown_history(found, hidden) if found else None
    older, newer = _chosen(request, told)
    diff = version_diff(older_id=older, newer_id=newer) if older and newer else None
    between = shown_changes(diff.changes, hidden) if diff else None
    shown = {"history": told, "between": between, "older": older, "newer": newer}
    return show(request, plan, "plans/my/history.html", shown)


@my_page
@require_safe
def off_table(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What was left out or left for later, and from when it may be raised again (PLAN-6)."""
    plan = plan_of(request, client_id)
    return show(request, plan, "plans/my/off_table.html", {"lines": [_off(row, plan) for row in plan.off]})


def shown_history(told: VersionHistory, tucked: frozenset[str]) -> VersionHistory:
    """The history without what is tucked away; a version that only that changed isn't there, nor missing (SAFE-7)."""
    if not tucked:
        return told
    left = [replace(line, changes=shown_changes(line.changes, tucked)) for line in told.versions]
    there = [line for line in left if line.changes]
    counted = [replace(line, sequence=len(there) - place) for place, line in enumerate(there)]
    return replace(told, versions=tuple(counted))


def shown_changes(changes: Sequence[Change], tucked: frozenset[str]) -> tuple[Change, ...]:
    """The changes without those of lines that are tucked away."""
    return tuple(change for change in changes if str(change.item_id) not in tucked)


def _chosen(request: HttpRequest, told: VersionHistory | None) -> tuple[UUID | None, UUID | None]:
    """The two versions asked for, when both are this plan's; without a choice, none."""
    ids = {str(line.version_id): line.version_id for line in told.versions} if told else {}
    older, newer = (ids.get(request.GET.get(name, "")) for name in ("from", "to"))
    return (older, newer) if older and newer else (None, None)


def _off(row: DeskRow, plan: OwnPlan) -> dict[str, object]:
    standing, answer = row.standing, row.off_answer
    return {
        "row": row,
        "heading": heading(row),
        "own": is_own(row),
        "words": short(row),
        "answer": answer,
        "mine": answer is not None and answer.person_id == plan.by.person_id,
        "who": plan.names.get(answer.person_id, plan.therapist) if answer else "",
        "until": standing.off_until,
        "passed": not still_off(standing.off_choice, standing.off_until, plan.front.now.date()),
    }
