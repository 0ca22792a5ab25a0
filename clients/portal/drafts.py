"""Keeping what is typed into one's own forms, a few seconds after it was (UI-5, AUTH-2)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.access.classes import DataClass
from careplan.ui.pages import client_page
from clients.services.drafts import keep_form

FORMS = frozenset({"about", "reach", "around"})


@client_page(DataClass.IDENTITY)
@require_POST
def form_draft(request: HttpRequest, client_id: UUID, key: str) -> HttpResponse:
    """Keeps the form; answers with nothing, which says it was kept."""
    if key not in FORMS:
        raise Http404
    by = request.actor  # type: ignore[attr-defined]
    keep_form(client_id=client_id, key=key, typed=dict(request.POST.lists()), by=by)
    return HttpResponse(status=204)
