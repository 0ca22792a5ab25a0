"""Today: what needs this person. No clinical text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan import hooks, modules
from careplan.ui.pages import render, staff_page
from clients.practice.who import arranges_care, leads_practice, may_add, who
from clients.selectors.today import today_needs


@staff_page
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    by = who(request)
    off = modules.panels_off(request)
    panels = [
        {"template": panel.template, "panel": panel.load(by), "aside": panel.aside}
        for panel in hooks.today_panels
        if panel.key not in off
    ]
    needs = today_needs(by, leads=leads_practice(request), arranges=arranges_care(request), off=off)
    return render(request, "clients/today.html", {"today": needs, "may_add": may_add(request), "panels": panels})
