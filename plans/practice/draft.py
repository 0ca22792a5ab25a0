"""Keeping what is typed, a few seconds after it was (UI-5)."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from plans.practice.around import desk_of, ensure_may_write, plan_page
from plans.practice.reword import typed
from plans.services.drafts import save_draft

KEYS = re.compile(r"^(item:[0-9a-f-]{36}|new:[a-z-]{1,20})$")


@plan_page
@require_POST
def draft(request: HttpRequest, client_id: UUID, key: str) -> HttpResponse:
    """Keeps the form; answers with nothing, which says it was kept."""
    if not KEYS.match(key):
        raise Http404
    desk = desk_of(request, client_id, rows=False)
    ensure_may_write(desk)
    save_draft(client_id=client_id, key=key, content=typed(request), by=desk.by)
    return HttpResponse(status=204)
