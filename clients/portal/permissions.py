"""My permissions: who, what, until; stopped in one step, looked at again (CONS-4, CONS-9; portal screen 10)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.pages import client_page, render, say, see_other
from clients import hooks
from clients.models import How
from clients.portal.own import card_of, shown_to, who
from clients.selectors.first_day import first_day
from clients.selectors.permissions import (
    PermissionCard,
    my_permissions,
    sharing_now,
    therapists,
    told_to,
)
from clients.services.asking import ask_anew
from clients.services.consents import withdraw_consent

STOPPED = "You have stopped this. It counts from now. This page is your receipt."


@client_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_safe
def permissions(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Everything asked of me: what waits, what is on, what is off."""
    by, shows = who(request), shown_to(request)
    shown = {
        "mine": my_permissions(client_id, by, shows),
        "sharing": sharing_now(client_id, shows),
        "therapists": therapists(client_id),
        "first_day": first_day(client_id, by),
    }
    return render(request, "clients/my/permissions.html", shown)


@client_page(DataClass.CONSENT)
@require_POST
def stop_permission(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """Stops it now: no password, no reason. A receipt follows. What fails is said by the page that refused it."""
    by = who(request)
    if card_of(request, client_id, consent_id).forbids:
        raise Refused(_("To lift it would let more out, so it has a page of its own."))
    withdraw_consent(client_id=client_id, consent_id=consent_id, how=How.OWN_HAND_PORTAL, by=by)
    say(request, _(STOPPED))
    return see_other("my:permission", consent_id=consent_id)


@client_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_POST
def permission_again(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """I have changed my mind: asked once more, in today's words."""
    by = who(request)
    card_of(request, client_id, consent_id)
    return see_other("my:permission", consent_id=ask_anew(client_id=client_id, consent_id=consent_id, by=by))


@client_page(*sorted({DataClass.CONSENT, DataClass.IDENTITY} | set(map(DataClass, hooks.exact_views.classes()))))
@require_safe
def exactly(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """What they would get at this moment, and what went to them so far."""
    card = card_of(request, client_id, consent_id)
    shown = {
        "card": card,
        "now": _exactly(client_id, card),
        "told": told_to(client_id, card.recipient) if card.recipient else [],
        "current_entry": "my:permissions",
    }
    return render(request, "clients/my/exactly.html", shown)


def _exactly(client_id: UUID, card: PermissionCard) -> list[tuple[str, str, bool]] | None:
    views = [view for view in hooks.exact_views if view.key == card.kind]
    if not views:
        return None
    return [(what, words, view.files) for view in views for what, words in view.load(client_id, card.recipient)]
