"""Keeping what is typed into a record's forms, a few seconds after it was (UI-5, AUTH-2)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.access.classes import DataClass
from careplan.errors import NotYours
from careplan.ui.pages import record_page
from clients.practice.who import who
from clients.selectors.about import person_around
from clients.services.drafts import keep_form

AROUND = "around-"
FORMS = frozenset({"about", "contact", "consent", "disclosure", "around"})


@record_page(DataClass.IDENTITY)
@require_POST
def form_draft(request: HttpRequest, client_id: UUID, key: str) -> HttpResponse:
    """Keeps the form; answers with nothing, which says it was kept."""
    if key.startswith(AROUND):
        person_around(client_id, _id(key.removeprefix(AROUND)))
    elif key not in FORMS:
        raise Http404
    keep_form(client_id=client_id, key=key, typed=dict(request.POST.lists()), by=who(request))
    return HttpResponse(status=204)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotYours from None
