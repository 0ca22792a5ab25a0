"""The account of somebody at work: how they sign in, and where."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careplan.accounts import account_pages
from careplan.accounts.account_pages import PRACTICE, user_of
from careplan.accounts.door_log import address_of
from careplan.accounts.practice.unfinished import AFTER_CODES_KEY, CODES_KEY
from careplan.accounts.reauth import ask_again, confirmed_recently
from careplan.accounts.second_factor import make_recovery_codes, unused_recovery_codes
from careplan.ui.pages import see_other, staff_page


@staff_page
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Password, recovery codes, passkeys and devices."""
    left = len(unused_recovery_codes(user_of(request)))
    urls = {**PRACTICE.urls, "new_codes": reverse("accounts:new_codes")}
    return account_pages.show_account(request, PRACTICE, codes_left=left, urls=urls)


@staff_page
@sensitive_post_parameters("password", "present")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, by whoever knows the present one."""
    return account_pages.change(request, PRACTICE)


@staff_page
@require_POST
def sign_out_device(request: HttpRequest) -> HttpResponse:
    """Signs out a device."""
    return account_pages.sign_out_elsewhere(request, PRACTICE)


@staff_page
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """Makes ten new recovery codes, for somebody who has just shown who they are, and shows them once."""
    if not confirmed_recently(request):
        return ask_again(request, PRACTICE.url("account"))
    make_recovery_codes(user=user_of(request), address=address_of(request))
    request.session[CODES_KEY] = True
    request.session[AFTER_CODES_KEY] = PRACTICE.url("account")
    return see_other("accounts:recovery_codes")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Adds a passkey."""
    return account_pages.add(request, PRACTICE)


@staff_page
@require_POST
def remove_passkey(request: HttpRequest) -> HttpResponse:
    """Removes a passkey."""
    return account_pages.remove(request, PRACTICE)
