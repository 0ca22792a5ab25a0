"""Consents and sharing: what the client allows now, and how far the limits have been told."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, render
from clients.practice.who import head_of
from clients.selectors.limits import consent_lines, limits_record


@record_page(DataClass.CONSENT, DataClass.IDENTITY, DataClass.CONTACT)
@require_safe
def consents(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Everything asked and told."""
    shown = {"record": head_of(request), "limits": limits_record(client_id), "consents": consent_lines(client_id)}
    return render(request, "clients/consents.html", shown)
