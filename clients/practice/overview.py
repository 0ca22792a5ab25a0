"""A record's first page: the client's own words, the plan's panels, the care team, what happened."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan import hooks
from careplan.access.classes import DataClass
from careplan.ledger.history import events_of
from careplan.ui.pages import record_page, render
from clients.models import Topic
from clients.practice.who import head_of, who
from clients.selectors.about import about_lines
from clients.selectors.staff import care_team

OWN = {DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT, DataClass.LEDGER}
VOICED = (Topic.OWN_WORDS, Topic.PLEASE_ASK, Topic.DONT_ASSUME, Topic.HELPED_BEFORE)
LATEST = 5


@record_page(*sorted(OWN | set(map(DataClass, hooks.overview_panels.classes()))))
@require_safe
def overview(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The record's overview. It opens what its panels read."""
    by, head = who(request), head_of(request)
    panels = [
        {"template": panel.template, "panel": panel.load(by, client_id), "aside": panel.aside}
        for panel in hooks.overview_panels
    ]
    shown = {
        "record": head,
        "lines": about_lines(head, VOICED),
        "team": care_team(client_id, by),
        "events": events_of(client_id, limit=LATEST),
        "main_panels": [panel for panel in panels if not panel["aside"]],
        "side_panels": [panel for panel in panels if panel["aside"]],
    }
    return render(request, "clients/overview.html", shown)
