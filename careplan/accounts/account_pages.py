"""Somebody's own account: password, passkeys, devices. What the page of either side does (AUTH-1, AUTH-2)."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careplan.accounts.confirming import WRONG
from careplan.accounts.devices import device_in_words, devices_of, sign_out_device
from careplan.accounts.door_log import address_of
from careplan.accounts.models import User
from careplan.accounts.new_devices import sign_ins
from careplan.accounts.open.fields import NewPasswordForm
from careplan.accounts.passkeys import add_passkey, begin_adding, passkeys_of, remove_passkey
from careplan.accounts.passwords import change_password
from careplan.accounts.reauth import ask_again, check_password_again, confirmed_recently
from careplan.accounts.sessions import sign_out
from careplan.accounts.throttle import TooManyTries
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, render, say, see_other


@dataclass(frozen=True)
class Side:
    """The portal's or the practice's account pages: how their addresses and templates are called."""

    before: str

    def url(self, name: str) -> str:
        """The address of one of these pages."""
        return reverse(f"accounts:{self.before}{name}")

    def show(self, request: HttpRequest, name: str, shown: dict[str, object], status: int = 200) -> HttpResponse:
        """One of these pages; in the portal it lies under More."""
        around = {"urls": self.urls, "current_entry": "my:more"}
        return render(request, f"accounts/{self.before}{name}.html", {**around, **shown}, status=status)

    @property
    def urls(self) -> dict[str, str]:
        """The addresses that both sides' pages lead to."""
        names = ("account", "change_password", "add_passkey", "remove_passkey", "sign_out_device")
        return {name: self.url(name) for name in names}


MY, PRACTICE = Side("my_"), Side("")


class ChangePasswordForm(NewPasswordForm):
    """The password that counts now, and the one that shall."""

    present = forms.CharField(
        label=_("Your password now"),
        strip=False,
        error_messages={"required": _("Write the password you have now.")},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class PasskeyForm(Form):
    """What somebody calls the device that holds a passkey."""

    name = forms.CharField(
        label=_("A name for this device"),
        max_length=60,
        error_messages={"required": _("Give it a name, so that you know it again.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)


def user_of(request: HttpRequest) -> User:
    """Whose account it is. Raises NotYours for nobody: the page's guard has let them in already."""
    if not isinstance(request.user, User):
        raise NotYours
    return request.user


def show_account(request: HttpRequest, side: Side, **more: object) -> HttpResponse:
    """How they sign in, and where they are signed in."""
    user = user_of(request)
    shown = {
        "email": user.email,
        "passkeys": passkeys_of(user),
        "devices": devices_of(user, here=request.session.session_key or ""),
        "sign_ins": sign_ins(user.person_id),
    }
    return side.show(request, "account", {**shown, **more})


def change(request: HttpRequest, side: Side) -> HttpResponse:
    """Takes a new password from whoever knows the present one; every other device is signed out."""
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show_change(request, side, form)
    if not form.is_valid():
        return _show_change(request, side, form, 422)
    try:
        return _change(request, side, form)
    except TooManyTries as wait:
        refuse(form, wait)
        return _show_change(request, side, form, 429)
    except Refused as weak:
        form.add_error("password", weak.sentence)
        return _show_change(request, side, form, 422)


def _change(request: HttpRequest, side: Side, form: ChangePasswordForm) -> HttpResponse:
    user = user_of(request)
    if not check_password_again(request, form.cleaned_data["present"]):
        form.add_error("present", WRONG)
        return _show_change(request, side, form, 422)
    kept = request.session.session_key or ""
    change_password(user=user, password=form.cleaned_data["password"], kept_session=kept, address=address_of(request))
    update_session_auth_hash(request, user)
    say(request, gettext("Your new password counts from now. Every other device is signed out."))
    return see_other(side.url("account"))


def _show_change(request: HttpRequest, side: Side, form: Form, status: int = 200) -> HttpResponse:
    return side.show(request, "change_password", {"form": form, "email": user_of(request).email}, status)


def sign_out_elsewhere(request: HttpRequest, side: Side) -> HttpResponse:
    """Ends a device's session at once; ending this one's leads to the page that says nothing."""
    user, here = user_of(request), request.session.session_key or ""
    handle = request.POST.get("device", "")
    this_one = any(device.is_this and device.handle == handle for device in devices_of(user, here=here))
    if this_one:
        sign_out(request)
        return see_other("ui:left")
    if sign_out_device(user=user, handle=handle, address=address_of(request)):
        say(request, gettext("That device is signed out."))
    return see_other(side.url("account"))


def add(request: HttpRequest, side: Side) -> HttpResponse:
    """Takes a new passkey, from somebody who has just shown who they are."""
    if not confirmed_recently(request):
        return ask_again(request, side.url("add_passkey"))
    if request.method != "POST":
        return _show_add(request, side, PasskeyForm(initial={"name": _this_device(request)}))
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return _show_add(request, side, form, 422)
    given = form.cleaned_data
    try:
        add_passkey(
            user=user_of(request), name=given["name"], credential=given["credential"], address=address_of(request)
        )
    except Refused as error:
        refuse(form, error)
        return _show_add(request, side, form, 422)
    say(request, gettext("Your passkey is kept. Use it the next time you sign in."))
    return see_other(side.url("account"))


def _show_add(request: HttpRequest, side: Side, form: Form, status: int = 200) -> HttpResponse:
    return side.show(request, "add_passkey", {"form": form, "options": begin_adding(user_of(request))}, status)


def remove(request: HttpRequest, side: Side) -> HttpResponse:
    """Takes a passkey away, for somebody who has just shown who they are."""
    if not confirmed_recently(request):
        return ask_again(request, side.url("account"))
    wanted = request.POST.get("passkey", "")
    if not wanted.isdecimal() or len(wanted) > 18:
        raise NotYours
    remove_passkey(user=user_of(request), passkey_id=int(wanted), address=address_of(request))
    say(request, gettext("That passkey signs nobody in any more."))
    return see_other(side.url("account"))


def _this_device(request: HttpRequest) -> str:
    browser, system = device_in_words(request.headers.get("User-Agent", ""))
    return system or browser
