"""Asking for password or passkey again before something weighty: signing, widening a consent, an export (AUTH-2)."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from careplan.accounts.door_log import address_of, note
from careplan.accounts.models import SigninKind, User
from careplan.accounts.passkeys import is_passkey, owner_of, remember_passkey
from careplan.accounts.selectors import client_session
from careplan.accounts.throttle import CONFIRM, count_try
from careplan.errors import Refused


def confirmed_recently(request: HttpRequest) -> bool:
    """Returns whether password or passkey was given in this session in the last five minutes, sign-in included."""
    records = get_authentication_records(request, request.user)
    given = [record["at"] for record in records if record.get("method") == "password" or is_passkey(record)]
    return bool(given) and time.time() - max(given) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_again(request: HttpRequest, next: str) -> HttpResponseRedirect:
    """Returns the way to the page of this door that asks for the password; from there it goes on to `next`."""
    page = "accounts:my_confirm" if client_session(request) else "accounts:confirm"
    return redirect(f"{reverse(page)}?{urlencode({'next': next})}")


def check_password_again(request: HttpRequest, password: str) -> bool:
    """Returns whether this is the signed-in person's password; right counts as confirmed now.

    Raises TooManyTries (429, with its sentence) after too many wrong ones. Also asked when a device that was turned
    to a client is handed back.
    """
    user = request.user
    if not user.is_authenticated:
        return False
    this_try = count_try(request, action=CONFIRM, key=str(user.pk))
    if authenticate(request, email=user.email, password=password) != user:
        note(SigninKind.CONFIRMATION_REFUSED, user=user, address=address_of(request))
        return False
    this_try.forgive()
    reauthenticate_by_password(request)
    note(SigninKind.CONFIRMED, user=user, address=address_of(request))
    return True


def check_passkey_again(request: HttpRequest, credential: str) -> bool:
    """Returns whether a passkey of the signed-in person's answered; right counts as confirmed now.

    Raises TooManyTries like the password does.
    """
    user = request.user
    if not isinstance(user, User):
        return False
    this_try = count_try(request, action=CONFIRM, key=str(user.pk))
    try:
        owner_of(credential, expected=user)
    except Refused:
        note(SigninKind.CONFIRMATION_REFUSED, user=user, address=address_of(request))
        return False
    this_try.forgive()
    remember_passkey(request, user)
    note(SigninKind.CONFIRMED, user=user, address=address_of(request))
    return True
