"""The rest of a record, one link each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from careplan import hooks, modules
from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, render
from clients.practice.who import head_of

HINTS = {
    "clients:about": "Name, languages, their own words, who may see them",
    "clients:contact": "Channels, addresses, quiet hours",
    "clients:people": "Who they may be told about, who to turn to",
    "clients:deciders": "Whose yes the plan needs, and who is asked beside",
    "clients:own_pages": "Invite them, by mail or by hand",
    "clients:team": "Who cares for them, and who joins or leaves",
    "clients:history": "What happened, and who opened this record",
}


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_safe
def more(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Links to what has no tab of its own."""
    links = [
        (link.label, reverse(link.url_name, kwargs={"client_id": client_id}), HINTS.get(link.url_name, ""))
        for link in hooks.more_links
        if not modules.is_off(request, link.url_name)
    ]
    return render(request, "clients/more.html", {"record": head_of(request), "links": links})
