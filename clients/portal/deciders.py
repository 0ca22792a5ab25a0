"""Who decides with me: whose yes my plan needs besides mine, and who is asked beside (PLAN-5a)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.access.classes import DataClass
from careplan.ui.pages import client_page, render
from clients.selectors.deciding import deciding


@client_page(DataClass.IDENTITY)
@require_safe
def deciders(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Everybody who is asked, and what their answer does."""
    me = request.actor.person_id  # type: ignore[attr-defined]
    lines = [(each, each.person_id == me) for each in deciding(client_id)]
    return render(request, "clients/my/deciders.html", {"lines": lines, "current_entry": "my:more"})
