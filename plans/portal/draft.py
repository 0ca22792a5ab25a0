"""Keeping what is typed, a few seconds after it was (UI-5)."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from plans.portal.answer import typed
from plans.portal.around import actor_of, my_page
from plans.services.drafts import save_draft

KEYS = re.compile(r"^((answer|change|talk|requirement):[0-9a-f-]{36}|sign-[0-9a-f-]{36}|add:[a-z_]{1,20}|together)$")


@my_page
@require_POST
def draft(request: HttpRequest, client_id: UUID, key: str) -> HttpResponse:
    """Keeps the form; answers with nothing, which says it was kept."""
    if not KEYS.match(key):
        raise Http404
    save_draft(client_id=client_id, key=key, content=typed(request), by=actor_of(request))
    return HttpResponse(status=204)
