"""“I’ve read it”: said by whoever took over a plan (PLAN-5c)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.ui.pages import say, see_other
from plans.practice.around import TAB, desk_of, ensure_may_write, plan_page
from plans.services.handover import note_plan_read


@plan_page
@require_POST
def read(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Keeps that it was read; everything agreed stood before, and stands now."""
    desk = desk_of(request, client_id, rows=False)
    ensure_may_write(desk)
    note_plan_read(plan_id=desk.plan_id, by=desk.by)
    say(request, f"Noted, and {desk.client.name} can read that you did.")
    return see_other(TAB, client_id)
