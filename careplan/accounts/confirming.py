"""The password again, before something weighty (AUTH-2): what the page of either door does."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

from careplan.accounts.door import wanted
from careplan.accounts.reauth import check_password_again
from careplan.accounts.throttle import TooManyTries
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, render, see_other

WRONG = "That is not your password."


class PasswordAgainForm(Form):
    """The password of the person who is signed in; also used when a turned device is handed back."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        error_messages={"required": "Write your password."},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


def confirm_password(request: HttpRequest, template: str) -> HttpResponse:
    """Asks for the password and goes back to where it was needed."""
    form = PasswordAgainForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, template, form)
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


def _page(request: HttpRequest, template: str, form: PasswordAgainForm, status: int = 200) -> HttpResponse:
    return render(request, template, {"form": form, "next": wanted(request)}, status=status)
