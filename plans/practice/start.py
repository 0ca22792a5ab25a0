"""Starting a plan from the desk: the first line is the therapist's to propose, or both write it in the room."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.ui.pages import see_other
from plans.practice.around import desk_of, ensure_may_write, plan_page
from plans.services.items import start_plan


@plan_page
@require_POST
def start(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Starts the plan and goes on to its first line."""
    desk = desk_of(request, client_id, rows=False)
    if desk.front.plan_id is None or desk.front.running:
        ensure_may_write(desk)
    start_plan(client_id=client_id, by=desk.by)
    return see_other("plans:add", client_id=client_id)
