"""Lifting what I have forbidden: more can go out then, so it asks once more who I am, like a yes (AUTH-2, CONS-4)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.accounts.reauth import ask_again, confirmed_recently
from careplan.ui.pages import client_page, render, say, see_other
from clients.models import How
from clients.portal.own import card_of, who
from clients.services.consents import withdraw_consent


@client_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def lift_permission(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """What can go out again then; lifted by one press of whoever has just shown who they are."""
    card = card_of(request, client_id, consent_id)
    if not (card.forbids and card.is_given):
        return see_other("my:permission", consent_id=consent_id)
    if not confirmed_recently(request):
        return ask_again(request, next=reverse("my:lift_permission", args=[consent_id]))
    if request.method == "POST":
        withdraw_consent(client_id=client_id, consent_id=consent_id, how=How.OWN_HAND_PORTAL, by=who(request))
        say(request, _("Lifted. It counts from now. This page is your receipt."))
        return see_other("my:permission", consent_id=consent_id)
    return render(request, "clients/my/lift.html", {"card": card, "current_entry": "my:permissions"})
