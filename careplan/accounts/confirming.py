"""The password again, before something weighty (AUTH-2): what the page of either door does."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from careplan.accounts.door import CREDENTIAL, passkey_said, wanted
from careplan.accounts.models import User
from careplan.accounts.passkeys import passkeys_of
from careplan.accounts.reauth import check_passkey_again, check_password_again
from careplan.accounts.throttle import TooManyTries
from careplan.errors import Refused
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, render, see_other

WRONG = _("That is not your password.")
WRONG_PASSKEY = _("That passkey didn’t fit. Try again, or write your password.")


class PasswordAgainForm(Form):
    """The password of the person who is signed in; also used when a turned device is handed back."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        error_messages={"required": _("Write your password.")},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


def confirm_password(request: HttpRequest, template: str) -> HttpResponse:
    """Asks for the password, or a passkey, and goes back to where it was needed."""
    if request.method != "POST":
        return _page(request, template, PasswordAgainForm())
    if request.POST.get(CREDENTIAL):
        return _with_passkey(request, template)
    form = PasswordAgainForm(request.POST)
    if not form.is_valid():
        return _page(request, template, form, status=422)
    try:
        right = check_password_again(request, form.cleaned_data["password"])
    except TooManyTries as wait:
        refuse(form, wait)
        return _page(request, template, form, status=429)
    if right:
        return see_other(wanted(request))
    form.add_error("password", WRONG)
    return _page(request, template, form, status=422)


def _with_passkey(request: HttpRequest, template: str) -> HttpResponse:
    try:
        right = check_passkey_again(request, request.POST[CREDENTIAL])
    except TooManyTries as wait:
        return _page(request, template, PasswordAgainForm(), status=429, refused=wait)
    if right:
        return see_other(wanted(request))
    return _page(request, template, PasswordAgainForm(), status=422, refused=Refused(WRONG_PASSKEY))


def _page(
    request: HttpRequest,
    template: str,
    form: PasswordAgainForm,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    shown = {
        "form": form,
        "passkey": passkey_said(refused),
        "next": wanted(request),
        "has_passkeys": _has(request),
        "current_entry": "my:more",
    }
    return render(request, template, shown, status=status)


def _has(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and bool(passkeys_of(request.user))
