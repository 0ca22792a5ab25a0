"""Everything in a client's own pages, one link each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from careplan import hooks, modules
from careplan.access.classes import DataClass
from careplan.ui.pages import client_page, render
from clients.selectors.quiet import Tucked

HEADINGS = {hooks.MoreGroup.PLAN: _("My plan and sessions"), hooks.MoreGroup.INFORMATION: _("My information")}


@client_page(DataClass.IDENTITY)
@require_safe
def more(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Links to every page, also those the menu of a phone has no room for."""
    links = _links(request)
    groups = [
        {"key": group, "heading": heading, "links": [link for link in links if link["group"] == group]}
        for group, heading in HEADINGS.items()
    ]
    return render(request, "clients/my/more.html", {"groups": [group for group in groups if group["links"]]})


def _links(request: HttpRequest) -> list[dict[str, hooks.Words]]:
    shows: Tucked = request.portal_shows  # type: ignore[attr-defined]
    return [
        {"label": link.label, "url": reverse(link.url_name), "hint": link.hint, "group": link.group}
        for link in hooks.portal_more
        if shows.shows_page(link.url_name) and not modules.is_off(request, link.url_name)
    ]
