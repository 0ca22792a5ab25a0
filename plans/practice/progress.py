"""How the work on a line stands, by the moves of the table alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.ui.pages import say, see_other
from plans.practice.around import desk_of, ensure_may_write, plan_page
from plans.services.items import set_progress


@plan_page
@require_POST
def progress(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Makes one move."""
    desk = desk_of(request, client_id, item_id=item_id)
    ensure_may_write(desk)
    moved = set_progress(item_id=item_id, verb=request.POST.get("verb", ""), by=desk.by)
    say(request, f"This line is {moved.get_progress_display().lower()} now.")
    return see_other("plans:item", client_id=client_id, item_id=item_id)
