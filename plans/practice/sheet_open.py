"""Opening a sheet in the room: for a first plan, or to look at the plan together."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.errors import Refused
from careplan.ui.pages import see_other
from plans.kinds import How, SheetKind
from plans.practice.around import READ_ONLY, actor_of, plan_page
from plans.selectors.desk_front import plan_front
from plans.services.items import start_plan
from plans.services.sheets import open_sheet


@plan_page
@require_POST
def sheet_open(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Goes to the plan's open sheet, opening one when there is none; a plan begins with its first sheet."""
    by = actor_of(request)
    front = plan_front(client_id, by)
    if not front.writable:
        raise Refused(READ_ONLY)
    plan = start_plan(client_id=client_id, by=by)
    kind = SheetKind.FIRST_PLAN if plan.activated_at is None else SheetKind.REVIEW
    sheet = open_sheet(plan_id=plan.id, kind=kind, how=How.SAID_IN_SESSION, by=by)
    return see_other("plans:sheet", client_id, sheet.id)
