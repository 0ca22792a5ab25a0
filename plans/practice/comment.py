"""Writing beside a line (PLAN-1, PLAN-5b)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.errors import Refused
from careplan.ui.pages import refuse, say, see_other
from plans.kinds import Says
from plans.practice.around import desk_of, ensure_may_write, plan_page
from plans.practice.conversation import comment_form
from plans.practice.desk import item_page
from plans.services.comments import comment_on_item


@plan_page
@require_POST
def comment(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Writes one comment; what can't be taken is kept on the page."""
    desk = desk_of(request, client_id, item_id=item_id)
    ensure_may_write(desk)
    form = comment_form(desk, request)
    if not form.is_valid():
        return item_page(request, desk, status=422, comment=form)
    about = form.cleaned_data["about"]
    try:
        comment_on_item(
            item_id=item_id,
            words=form.cleaned_data["words"],
            about_id=UUID(about) if about else None,
            says=Says(form.cleaned_data["says"] or Says.COMMENT),
            by=desk.by,
        )
    except Refused as error:
        refuse(form, error)
        return item_page(request, desk, status=422, comment=form)
    say(request, f"{desk.client.name} can read what you wrote.")
    return see_other("plans:item", client_id=client_id, item_id=item_id)
