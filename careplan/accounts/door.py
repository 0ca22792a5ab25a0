"""What both doors do with an e-mail address and a password; which hat comes of it is the door's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from careplan.accounts.door_log import address_of, note
from careplan.accounts.models import SigninKind, User
from careplan.accounts.passkeys import NOT_KNOWN, owner_of, remember_passkey
from careplan.accounts.sessions import sign_out, was_signed_out_by_time
from careplan.accounts.throttle import PASSKEY, SIGN_IN, TooManyTries, Try, count_try
from careplan.errors import Refused
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, render

DOOR_KEY = "door"
CREDENTIAL = "credential"
WRONG = _("That e-mail address and password don’t go together.")


class SignInForm(Form):
    """What somebody types at a door."""

    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={"required": _("Write your e-mail."), "invalid": _("That is not an e-mail address.")},
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        error_messages={"required": _("Write your password.")},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


@dataclass(frozen=True)
class Door:
    """One way in: its page and form, where it leads, and who may come in by it."""

    name: str
    template: str
    form: type[SignInForm]
    lets_in: Callable[[UUID], bool]


def ask(request: HttpRequest, door: Door) -> HttpResponse:
    """Asks for e-mail and password, or a passkey; what is right leads on to the sign-in's next stage."""
    if request.method != "POST":
        return _page(request, door, door.form())
    if request.POST.get(CREDENTIAL):
        return _with_passkey(request, door)
    form = door.form(request.POST)
    if not form.is_valid():
        return _page(request, door, form, status=422)
    try:
        this_try = count_try(request, action=SIGN_IN, key=form.cleaned_data["email"].lower())
    except TooManyTries as wait:
        note(SigninKind.THROTTLED, address=address_of(request))
        refuse(form, wait)
        return _page(request, door, form, status=429)
    return _check(request, door, form, this_try)


def wanted(request: HttpRequest) -> str:
    """Returns the page of ours somebody was on the way to, or the first page after signing in."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def passkey_said(refused: Refused | None = None) -> Form:
    """Returns what went wrong with a passkey, for the error summary: whoever uses one has typed nothing."""
    said = Form({})
    if refused is not None:
        refuse(said, refused)
    return said


def door_of(login: Login) -> str:
    """Returns by which door an unfinished sign-in came."""
    return str(login.state.get(DOOR_KEY, ""))


def _check(request: HttpRequest, door: Door, form: SignInForm, this_try: Try) -> HttpResponse:
    email, password = form.cleaned_data["email"], form.cleaned_data["password"]
    user = authenticate(request, email=email, password=password)
    if not isinstance(user, User) or not door.lets_in(user.person_id):
        note(SigninKind.REFUSED, user=User.objects.with_email(email).first(), address=address_of(request))
        form.add_error(None, WRONG)
        return _page(request, door, form, status=422)
    this_try.forgive()
    return come_in(request, door, user)


def come_in(request: HttpRequest, door: Door, user: User) -> HttpResponse:
    """Returns the way on for somebody whose password was right; nothing of a former session goes with them."""
    note(SigninKind.PASSWORD_ACCEPTED, user=user, address=address_of(request))
    to = wanted(request)
    _drop_former(request)
    login = Login(user=user, redirect_url=to, state={DOOR_KEY: door.name})
    way: HttpResponse = perform_password_login(request, {}, login)
    return way


def _with_passkey(request: HttpRequest, door: Door) -> HttpResponse:
    try:
        this_try = count_try(request, action=PASSKEY, key=address_of(request))
        user = owner_of(request.POST[CREDENTIAL])
        if not door.lets_in(user.person_id):
            raise Refused(NOT_KNOWN)
    except TooManyTries as wait:
        note(SigninKind.THROTTLED, address=address_of(request))
        return _page(request, door, door.form(), status=429, refused=wait)
    except Refused as error:
        note(SigninKind.REFUSED, address=address_of(request))
        return _page(request, door, door.form(), status=422, refused=error)
    this_try.forgive()
    note(SigninKind.PASSKEY_ACCEPTED, user=user, address=address_of(request))
    to = wanted(request)
    _drop_former(request)
    remember_passkey(request, user)
    way: HttpResponse = perform_login(request, Login(user=user, redirect_url=to, state={DOOR_KEY: door.name}))
    return way


def _drop_former(request: HttpRequest) -> None:
    """A session that somebody had here before, finished or not, is not carried into the new one."""
    sign_out(request)
    request.session.flush()


def _page(
    request: HttpRequest, door: Door, form: SignInForm, status: int = 200, refused: Refused | None = None
) -> HttpResponse:
    shown = {
        "form": form,
        "passkey": passkey_said(refused),
        "next": wanted(request),
        "ran_out": was_signed_out_by_time(request),
    }
    return render(request, door.template, shown, status=status)
