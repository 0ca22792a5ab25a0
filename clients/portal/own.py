"""Who asks for a page of their own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from careplan.access.actor import Actor
from careplan.errors import NotYours
from clients.models import Hidden
from clients.selectors.permissions import PermissionCard, one_permission
from clients.selectors.quiet import Tucked


def who(request: HttpRequest) -> Actor:
    """The client, or whoever else the page's guard has let into these pages."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def shown_to(request: HttpRequest) -> Tucked:
    """What these pages show now."""
    shows: Tucked = request.portal_shows  # type: ignore[attr-defined]
    return shows


def card_of(request: HttpRequest, client_id: UUID, consent_id: UUID) -> PermissionCard:
    """One of their permissions. Raises NotYours, also when whom it is for is tucked away: as if it weren't there."""
    card = one_permission(client_id, consent_id, who(request))
    if card.recipient and shown_to(request).hides(Hidden.ORGANISATION, card.recipient):
        raise NotYours
    return card
