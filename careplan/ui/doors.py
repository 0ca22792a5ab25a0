"""Leaving quickly, the page after it, and a sign of life from a page left open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from careplan.accounts.sessions import sign_out
from careplan.ui import on_call
from careplan.ui.pages import open_page, see_other


@open_page
@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the session and says nothing (UI-8).

    Without a CSRF token, so that the button works on error pages too; the session cookie is SameSite, so another
    site's form arrives without a session, and a cross-site one is refused outright.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return HttpResponse(status=403)
    if on_call.is_on_call(request):
        on_call.leave(request)
    sign_out(request)
    return see_other("ui:left")


@open_page
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """A neutral page."""
    return render(request, "ui/left.html")


@open_page
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """204 while the session lives, 401 when it has ended. Being asked is itself the sign of life."""
    if not request.user.is_authenticated and on_call.call_of(request) is None:
        return HttpResponse(status=401)
    return HttpResponse(status=204)
