"""A client's own account: how they sign in, and where."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careplan import hooks
from careplan.access.classes import DataClass
from careplan.accounts import account_pages
from careplan.accounts.account_pages import MY
from careplan.errors import Refused
from careplan.ui.pages import client_of, client_page, own_page

TOGETHER = _("This is done together. Talk to your therapist, or call us.")


@own_page
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Password, passkeys and devices; times are by the client's own clock."""
    with timezone.override(hooks.clock_of(client_of(request).client_id)):
        return account_pages.show_account(request, MY)


@client_page(DataClass.SAFETY)
@sensitive_post_parameters("password", "present")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A new password, by whoever knows the present one; a big step (SAFE-7)."""
    _ensure_big_steps_here(request)
    return account_pages.change(request, MY)


@own_page
@require_POST
def sign_out_device(request: HttpRequest) -> HttpResponse:
    """Signs out a device."""
    return account_pages.sign_out_elsewhere(request, MY)


@client_page(DataClass.SAFETY)
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Adds a passkey, which is another device that comes in; a big step (SAFE-7)."""
    _ensure_big_steps_here(request)
    return account_pages.add(request, MY)


@own_page
@require_POST
def remove_passkey(request: HttpRequest) -> HttpResponse:
    """Removes a passkey."""
    return account_pages.remove(request, MY)


def _ensure_big_steps_here(request: HttpRequest) -> None:
    """Raises Refused for whoever keeps big steps for in person; it doesn't say that something was set."""
    shows: hooks.PortalShows | None = request.portal_shows  # type: ignore[attr-defined]
    if shows is not None and shows.keeps_big_steps:
        raise Refused(TOGETHER)
