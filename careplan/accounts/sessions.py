"""How long a session lasts, and everything that ends one (AUTH-2)."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from careplan.accounts.devices import DEVICE_KEY, SEEN_KEY, device_in_words
from careplan.accounts.door_log import address_of, note
from careplan.accounts.models import Session, SigninKind, User
from careplan.accounts.new_devices import note_sign_in
from careplan.accounts.selectors import RECORD_KEY, client_session, forget_session, staff_session
from careplan.accounts.session_store import BEGAN_KEY

RAN_OUT_KEY = "ran_out"
SEEN_EVERY = 30
"""Seconds between two writes of the sign of life, so that not every request writes."""

Next = Callable[[HttpRequest], HttpResponse]


def session_limits(get_response: Next) -> Next:
    """Ends a session on its request once it was idle or open too long, or its owner may no longer come in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if USER_KEY in request.session:
            if ran_out(request):
                end(request, kind=SigninKind.SESSION_ENDED)
                request.session[RAN_OUT_KEY] = True
            elif staff_session(request) is None and client_session(request) is None:
                end(request, kind=SigninKind.SESSION_ENDED)
            else:
                _seen(request)
        return get_response(request)

    return middleware


def begin(request: HttpRequest, user: User) -> None:
    """Starts the clock of the session that `user` has just come in with."""
    now = time.time()
    request.session[BEGAN_KEY] = now
    request.session[SEEN_KEY] = now
    request.session[DEVICE_KEY] = device_in_words(request.headers.get("User-Agent", ""))
    forget_session(request)
    note_sign_in(request, user)


def ran_out(request: HttpRequest) -> bool:
    """Returns whether the session was idle or open for longer than it may be."""
    now = time.time()
    idle = now - request.session.get(SEEN_KEY, 0)
    open_for = now - request.session.get(BEGAN_KEY, 0)
    return bool(idle >= idle_seconds(request) or open_for >= settings.SESSION_ABSOLUTE_SECONDS)


def idle_seconds(request: HttpRequest) -> int:
    """Returns after how many seconds without a sign of life this session ends: longer in a client's own pages."""
    portal = RECORD_KEY in request.session
    return int(settings.PORTAL_IDLE_SECONDS if portal else settings.SESSION_IDLE_SECONDS)


def end(request: HttpRequest, *, kind: SigninKind) -> None:
    """Ends the session here and now: its row is gone, and the request is nobody's."""
    user = User.objects.filter(pk=UUID(request.session[USER_KEY])).first() if USER_KEY in request.session else None
    logout(request)
    forget_session(request)
    if user is not None:
        note(kind, user=user, address=address_of(request))


def sign_out(request: HttpRequest) -> None:
    """Signs out the person behind this request, and drops a sign-in that was not finished."""
    end(request, kind=SigninKind.SIGNED_OUT)


def was_signed_out_by_time(request: HttpRequest) -> bool:
    """Returns, once, whether this browser's last session ended by a time limit."""
    return bool(request.session.pop(RAN_OUT_KEY, False))


def forget_expired() -> int:
    """Returns how many rows of expired sessions were removed."""
    removed, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return removed


def _seen(request: HttpRequest) -> None:
    now = time.time()
    if now - request.session.get(SEEN_KEY, 0) >= SEEN_EVERY:
        request.session[SEEN_KEY] = now
