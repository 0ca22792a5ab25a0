"""A lost password: a link to the address one signs in with, and the page it leads to."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.accounts.door_log import address_of
from careplan.accounts.open.fields import NewPasswordForm
from careplan.accounts.passwords import opens, send_password_link, set_password_by_link
from careplan.accounts.selectors import hats_of
from careplan.accounts.throttle import BEGIN, SIGN_IN, TooManyTries, count_try, forget_tries
from careplan.errors import Refused
from careplan.ui.forms import Form
from careplan.ui.pages import open_page, refuse, render, say, see_other


class AddressForm(Form):
    """The address somebody signs in with."""

    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={"required": _("Write your e-mail."), "invalid": _("That is not an e-mail address.")},
        widget=forms.EmailInput({"autocomplete": "username"}),
    )


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Asks for the address; the answer is the same whoever it belongs to."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/ask_link.html", {"form": form}, status=422 if form.errors else 200)
    email = form.cleaned_data["email"]
    try:
        count_try(request, action=BEGIN, key=email.lower())
    except TooManyTries as wait:
        refuse(form, wait)
        return render(request, "accounts/ask_link.html", {"form": form}, status=429)
    send_password_link(email=email, address=address_of(request))
    return see_other("accounts:on_its_way")


@open_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the new password; afterwards one signs in with it, second step included."""
    if not opens(token):
        return render(request, "accounts/ran_out.html", {"to_ask": True}, status=410)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = set_password_by_link(
                token=token, password=form.cleaned_data["password"], address=address_of(request)
            )
        except Refused as error:
            refuse(form, error)
        else:
            forget_tries(request, action=SIGN_IN, key=user.email.lower())
            say(request, "Your new password counts from now. Sign in with it.")
            return see_other("accounts:sign_in" if hats_of(user.person_id) else "accounts:my_sign_in")
    return render(request, "accounts/new_password.html", {"form": form}, status=422 if form.errors else 200)
