"""The clients' door. It says “Sign in” and “Need help now”, nothing more (UI-8)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.accounts import door
from careplan.accounts.selectors import client_session, own_records
from careplan.ui.pages import open_page, see_other


def has_pages(person_id: UUID) -> bool:
    """Returns whether a record stands for somebody."""
    return bool(own_records(person_id))


MY_DOOR = door.Door("my", "accounts/my_sign_in.html", door.SignInForm, has_pages)


@open_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for e-mail and password, and leads to their own pages."""
    if request.method != "POST" and client_session(request):
        return see_other(door.wanted(request))
    return door.ask(request, MY_DOOR)
