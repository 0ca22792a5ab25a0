"""A client's own account: how they sign in, and where."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careplan import hooks
from careplan.accounts import account_pages
from careplan.accounts.account_pages import MY
from careplan.ui.pages import client_of, own_page


@own_page
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Password, passkeys and devices; times are by the client's own clock."""
    with timezone.override(hooks.clock_of(client_of(request).client_id)):
        return account_pages.show_account(request, MY)


@own_page
@sensitive_post_parameters("password", "present")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, by whoever knows the present one."""
    return account_pages.change(request, MY)


@own_page
@require_POST
def sign_out_device(request: HttpRequest) -> HttpResponse:
    """Signs out a device."""
    return account_pages.sign_out_elsewhere(request, MY)


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Adds a passkey."""
    return account_pages.add(request, MY)


@own_page
@require_POST
def remove_passkey(request: HttpRequest) -> HttpResponse:
    """Removes a passkey."""
    return account_pages.remove(request, MY)
