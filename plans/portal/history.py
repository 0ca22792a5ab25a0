"""History: what came into force and what went, in sentences; what changed between any two; what is off the table."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.portal.around import front_of, heading, is_own, my_page, plan_of, short, show
from plans.selectors.declined import still_off
from plans.selectors.desk_rows import DeskRow
from plans.selectors.own_plan import OwnPlan
from plans.selectors.versions import VersionHistory, version_diff, version_history


@my_page
@require_safe
def history(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Every version, newest first; with two chosen, what changed between them."""
    plan = front_of(request, client_id)
    told = version_history(plan_id=plan.front.plan_id) if plan.front.plan_id else None
    older, newer = _chosen(request, told)
    diff = version_diff(older_id=older, newer_id=newer) if older and newer else None
    return show(request, plan, "plans/my/history.html", {"history": told, "diff": diff, "older": older, "newer": newer})


@my_page
@require_safe
def off_table(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What was left out or left for later, and from when it may be raised again (PLAN-6)."""
    plan = plan_of(request, client_id)
    return show(request, plan, "plans/my/off_table.html", {"lines": [_off(row, plan) for row in plan.off]})


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
