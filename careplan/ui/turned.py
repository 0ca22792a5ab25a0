"""A device turned to the client holds one sheet and nothing else, until the therapist takes it back (PLAN-16)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

SESSION_KEY = "turned_sheet"


@dataclass(frozen=True)
class TurnedSheet:
    """Whose sheet the device shows, and the address below which everything of it lives.

    `own_device` is the client's own, on a call: leaving quickly is theirs.
    """

    client: str
    sheet: str
    url: str
    own_device: bool = False


class SeeOther(HttpResponseRedirect):
    """A redirect that is always followed by a GET, so that nothing is posted twice."""

    status_code = 303


def turned_sheet(request: HttpRequest) -> TurnedSheet | None:
    """The sheet this session is turned to, if it is."""
    session = getattr(request, "session", None)
    kept = session.get(SESSION_KEY) if session is not None else None
    return TurnedSheet(**kept) if kept else None


def turn(request: HttpRequest, *, client: object, sheet: object, url: str, own_device: bool = False) -> None:
    """From now on this session reaches only what lies at and below `url`."""
    if not url.endswith("/"):
        raise ValueError("the sheet's address ends with a slash: what lies below it is its own")
    held = TurnedSheet(client=str(client), sheet=str(sheet), url=url, own_device=own_device)
    request.session[SESSION_KEY] = asdict(held)


def hand_back(request: HttpRequest) -> None:
    """The device is the therapist's again. The page that calls this has asked for the password."""
    request.session.pop(SESSION_KEY, None)


class TurnedMiddleware:
    """Every other page leads back to the sheet; help and static files stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sheet = turned_sheet(request)
        if sheet is None or _within(request.path, sheet):
            return self.get_response(request)
        return SeeOther(sheet.url)


def _within(path: str, sheet: TurnedSheet) -> bool:
    always = {reverse("help_now"), reverse("ui:stay")}
    if sheet.own_device:
        always |= {reverse("ui:leave"), reverse("ui:left")}
    return path in always or path.startswith((sheet.url, f"/{settings.STATIC_URL.lstrip('/')}"))
