"""What every page of a client's own messages and resources begins with."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.ui.pages import client_of, client_page
from clients.models import Hidden
from clients.selectors.quiet import Tucked
from messaging.selectors.offers import Resources
from messaging.selectors.thread import Said, Thread

# What a message is about has its title from the plan.
message_page = client_page(DataClass.MESSAGE, DataClass.PLAN)


def as_shown(thread: Thread, request: HttpRequest) -> Thread:
    """The thread without what the client has put away; it leaves no gap and no title (SAFE-7)."""
    shows = _shows(request)
    return replace(
        thread,
        said=tuple(
            _without_titles(said, shows) for said in shows.kept(thread.said, Hidden.MESSAGE, lambda said: said.id)
        ),
        lines=tuple(shows.kept(thread.lines, Hidden.ITEM, lambda line: line.item_id)),
        resources=tuple(shows.kept(thread.resources, Hidden.RESOURCE, lambda pair: pair[0])),
    )


def as_kept(resources: Resources, request: HttpRequest) -> Resources:
    """What was offered and what is the client's own, without what they have put away."""
    shows = _shows(request)
    return Resources(
        tuple(shows.kept(resources.offered, Hidden.RESOURCE, lambda offered: offered.resource_id)),
        tuple(shows.kept(resources.own, Hidden.RESOURCE, lambda own: own.id)),
    )


def _without_titles(said: Said, shows: Tucked) -> Said:
    line, resource = said.about_item_id, said.about_resource_id
    away = (line and shows.hides(Hidden.ITEM, line)) or (resource and shows.hides(Hidden.RESOURCE, resource))
    return replace(said, about="", about_item_id=None, about_resource_id=None) if away else said


def _shows(request: HttpRequest) -> Tucked:
    shows: Tucked = request.portal_shows  # type: ignore[attr-defined]
    return shows


def me(request: HttpRequest) -> Actor:
    """The client whose pages these are."""
    client_of(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
