"""The first page of a client's own: what comes next, what waits, what is new (portal screen 2)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan import hooks, modules
from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.ui.pages import client_page, render
from clients.models import Client
from clients.selectors.quiet import Tucked


@client_page(*sorted({DataClass.IDENTITY} | set(map(DataClass, hooks.portal_panels.classes()))))
@require_safe
def home(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Says hello and shows what the apps have to say; a panel with nothing to say isn't there."""
    shown = {
        "name": Client.objects.values_list("name_used", flat=True).get(client_id=client_id),
        "panels": _panels(request, client_id),
    }
    return render(request, "clients/my/home.html", shown)


def _panels(request: HttpRequest, client_id: UUID) -> dict[str, list[dict[str, Any]]]:
    by: Actor = request.actor  # type: ignore[attr-defined]
    shows: Tucked = request.portal_shows  # type: ignore[attr-defined]
    off, placed = modules.panels_off(request), defaultdict[str, list[dict[str, Any]]](list)
    for panel in hooks.portal_panels:
        loaded = panel.load(by, client_id) if panel.key not in off and shows.shows_panel(panel) else None
        if loaded is not None:
            placed[panel.place].append({"template": panel.template, "panel": loaded})
    return dict(placed)
