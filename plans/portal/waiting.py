"""What waits, and the way one likes to answer: one at a time, all on one page, or together next time (PLAN-17)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careplan.ui.pages import say, see_other
from plans.kinds import Way
from plans.models.ask import SEVEN
from plans.portal.around import my_page, plan_of, short, show
from plans.services.asks import choose_way


@my_page
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Lists what waits; a way that is chosen is kept with what was sent."""
    plan = plan_of(request, client_id)
    if request.method != "POST":
        lines = [{"row": row, "words": short(row), "changed": bool(row.in_force)} for row in plan.waiting]
        return show(request, plan, "plans/my/waiting.html", {"lines": lines, "most": SEVEN})
    way = request.POST.get("way", "")
    if plan.sent and plan.sent_waiting:
        choose_way(ask_id=plan.sent.id, way=way, by=plan.by)
    match way:
        case Way.PAGE:
            return see_other("my_plan:together")
        case Way.ONE if plan.waiting:
            return see_other("my_plan:answer", item_id=plan.waiting[0].id)
        case Way.NEXT_TIME if plan.sent_waiting:
            say(request, _("Saved. You and %(name)s look at it together, next time.") % {"name": plan.therapist})
    return see_other("my:home")
