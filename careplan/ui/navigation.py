"""Where the person is and where they can go: menu and tabs from the hooks, seen from one request."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse

from careplan import hooks, modules
from careplan.accounts import sessions
from careplan.ui import on_call
from careplan.ui.turned import turned_sheet


@dataclass(frozen=True)
class Place:
    """A link of a menu or of a record's tabs. `current` is the value of aria-current, or ''."""

    label: str
    url: str
    icon: str
    current: str
    wide_only: bool = False


def request_of(context: Context) -> HttpRequest | None:
    """The request a template is rendered for."""
    return getattr(context, "request", None) or context.get("request")


def menu(request: HttpRequest | None) -> list[Place]:
    """The practice's menu for this person."""
    return _places(hooks.menu, request, None, {})


def tabs(request: HttpRequest | None, client_id: UUID, current_tab: str | None = None) -> list[Place]:
    """The tabs of one record; a page below none of them names its tab itself."""
    return _places(hooks.record_tabs, request, current_tab, {"client_id": client_id})


def portal_menu(request: HttpRequest | None, named: str | None = None) -> list[Place]:
    """A client's own menu; a page below none of its entries names its entry itself."""
    return _places(hooks.portal_menu, request, named, {})


def goal_links(request: HttpRequest | None, client_id: UUID, item_id: UUID) -> list[tuple[str, str]]:
    """Label and address of what other apps let this person do for a goal."""
    actor = getattr(request, "actor", None)
    shown = [link for link in hooks.goal_links if link.visible_to(actor) and not modules.is_off(request, link.url_name)]
    to = {"client_id": client_id}
    return [(str(link.label), f"{reverse(link.url_name, kwargs=to)}?item={item_id}") for link in shown]


def _places(links: hooks.Links, request: HttpRequest | None, named: str | None, kwargs: dict[str, Any]) -> list[Place]:
    actor = getattr(request, "actor", None)
    roles: frozenset[str] = getattr(getattr(request, "staff", None), "roles", frozenset())
    path = request.path if request else ""
    shows = getattr(request, "portal_shows", None)
    mine = [link for link in links if link.visible_to(actor, roles) and not modules.is_off(request, link.url_name)]
    seen = [link for link in mine if shows is None or shows.shows_page(link.url_name)]
    here = [(link, reverse(link.url_name, kwargs=kwargs)) for link in seen]
    nearest = max((url for _, url in here if path.startswith(url)), key=len, default="")
    return [
        Place(str(link.label), url, link.icon, _current(link, url, path, nearest, named), link.wide_only)
        for link, url in here
    ]


def _current(link: hooks.Link, url: str, path: str, nearest: str, named: str | None) -> str:
    if url == path:
        return "page"
    on = link.url_name == named if named else url == nearest
    return "true" if on else ""


def person_name(request: HttpRequest | None) -> str:
    """What to call the person who is signed in."""
    return str(getattr(getattr(request, "staff", None), "name", ""))


def turned_url(request: HttpRequest | None) -> str:
    """The address of the sheet the device is turned to, or ''."""
    sheet = turned_sheet(request) if request is not None else None
    return sheet.url if sheet else ""


def idle_seconds(request: HttpRequest | None) -> int:
    """Seconds without a sign of life after which this session ends (AUTH-2)."""
    if request is not None and on_call.is_on_call(request):
        return on_call.IDLE_SECONDS
    return sessions.idle_seconds(request) if request is not None else int(settings.SESSION_IDLE_SECONDS)
