"""The order of lines among each other, by buttons; it needs nobody's answer (PLAN-5d)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.ui.pages import see_other
from plans.practice.around import desk_of, ensure_may_write, plan_page
from plans.practice.steps import swapped
from plans.services.items import reorder

STEPS = {"earlier": -1, "later": 1}


@plan_page
@require_POST
def order(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Swaps a line with the one before or after it."""
    desk = desk_of(request, client_id, item_id=item_id)
    ensure_may_write(desk)
    step = STEPS.get(request.POST.get("to", ""), 0)
    reorder(plan_id=desk.plan_id, item_ids=swapped(desk, desk.item, step), by=desk.by)
    return see_other("plans:item", client_id=client_id, item_id=item_id)
