"""Who asks for a page."""

from __future__ import annotations

from django.http import HttpRequest

from careplan.access.actor import Actor
from careplan.accounts.roles import Role
from careplan.errors import NotYours
from careplan.ui.pages import staff_actor_of
from clients.selectors.head import RecordHead, record_head
from clients.selectors.staff import ARRANGERS
from clients.services.create import MAY_ADD


def who(request: HttpRequest) -> Actor:
    """The member of staff behind a page. The page's guard has let them in already."""
    actor = staff_actor_of(request)
    if actor is None:
        raise NotYours
    return actor


def may_add(request: HttpRequest) -> bool:
    """Says whether this person begins records, from the roles the session already knows."""
    return bool(set(getattr(getattr(request, "staff", None), "roles", ())) & set(MAY_ADD))


def leads_practice(request: HttpRequest) -> bool:
    """Says whether this person leads the practice, from the roles the session already knows."""
    return Role.PRACTICE_LEAD in getattr(getattr(request, "staff", None), "roles", ())


def arranges_care(request: HttpRequest) -> bool:
    """Says whether this person arranges anybody's care here, from the roles the session already knows."""
    return bool(ARRANGERS & set(getattr(getattr(request, "staff", None), "roles", ())))


def head_of(request: HttpRequest) -> RecordHead:
    """The header of the record a page is about. Raises NotYours."""
    match = request.resolver_match
    if match is None:
        raise NotYours
    return record_head(match.kwargs["client_id"], who(request))
