"""Consents and sharing: what was asked, what it allows now, what was told to others (practice screens 9 and 10)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, render, say, see_other
from clients.practice.who import head_of, who
from clients.selectors.consents import consent_lines, disclosures
from clients.selectors.limits import limits_record
from clients.selectors.permissions import sharing_now
from clients.services.asking import offer_first_day

NEWEST = 5


@record_page(DataClass.CONSENT, DataClass.IDENTITY, DataClass.CONTACT)
@require_safe
def consents(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Everything asked and told."""
    told = disclosures(client_id)
    shown = {
        "record": head_of(request),
        "limits": limits_record(client_id),
        "consents": consent_lines(client_id),
        "sharing": sharing_now(client_id),
        "disclosures": told.lines[:NEWEST],
        "told_in_all": len(told.lines),
        "review": told.pack.review,
    }
    return render(request, "clients/consents.html", shown)


@record_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_POST
def ask_first_day(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Asks what the pack names for the first day; the client finds it in their own pages, or is asked in the room."""
    offer_first_day(client_id=client_id, by=who(request))
    say(request, "Asked. It waits in their own pages; what they say in the room can be written down here.")
    return see_other("clients:consents", client_id=client_id)
