"""Passkeys: a device's own lock in place of a password, for clients and staff (AUTH-1).

django-allauth and fido2 know the ceremony; its state waits in the session of the request that began it. A passkey is
only taken when the device has verified its person (face, finger or PIN), so it is two factors in one: the device, and
what unlocks it. For staff it therefore counts as the password and the second step together (adr/0007).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from careplan.accounts.door_log import note
from careplan.accounts.models import SigninKind, User
from careplan.accounts.selectors import SECOND_STEP_METHOD
from careplan.errors import NotYours, Refused

WEBAUTHN = Authenticator.Type.WEBAUTHN
MOST = 10
LONGEST = 20_000
BROKEN = (ValidationError, ValueError, TypeError, KeyError, AttributeError, InvalidSignature)
"""What the libraries raise for an answer that is none: all of it is one refusal."""

NOT_ADDED = _("That didn’t work. Try again, on this device or another.")
NOT_KNOWN = _("That passkey isn’t known here. Sign in with your password, or try again.")


@dataclass(frozen=True)
class Passkey:
    """A passkey as its person sees it."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


def passkeys_of(user: User) -> list[Passkey]:
    """Returns the user's passkeys, the first added first. One query."""
    held = Authenticator.objects.filter(user=user, type=WEBAUTHN).order_by("created_at", "pk")
    return [Passkey(each.pk, each.wrap().name, each.created_at, each.last_used_at) for each in held]


def begin_adding(user: User) -> str:
    """Returns what a browser needs to make a passkey for the user, as JSON."""
    return json.dumps(auth.begin_registration(user, passwordless=True))


def add_passkey(*, user: User, name: str, credential: str, address: str = "") -> None:
    """Keeps the passkey that the browser made. Raises Refused for an answer that doesn't fit what was asked."""
    try:
        made = _read(credential)
        auth.complete_registration(made)
    except BROKEN as broken:
        raise Refused(NOT_ADDED) from broken
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if Authenticator.objects.filter(user=user, type=WEBAUTHN).count() >= MOST:
            raise Refused(_("You have ten passkeys. Remove one first."))
        auth.WebAuthn.add(user, name, made)
        note(SigninKind.PASSKEY_ADDED, user=user, address=address)


def remove_passkey(*, user: User, passkey_id: int, address: str = "") -> None:
    """Takes a passkey away: it signs nobody in any more. Raises NotYours for one that isn't the user's."""
    with transaction.atomic():
        removed, _kinds = Authenticator.objects.filter(user=user, type=WEBAUTHN, pk=passkey_id).delete()
        if not removed:
            raise NotYours
        note(SigninKind.PASSKEY_REMOVED, user=user, address=address)


def begin_use(user: User | None = None) -> dict[str, Any]:
    """Returns what a browser needs to use a passkey: anybody's that it holds for this place, or the user's."""
    options: dict[str, Any] = auth.begin_authentication(user)
    return options


def owner_of(credential: str, *, expected: User | None = None) -> User:
    """Returns whose passkey it is that answered what was asked, as used now; with `expected`, theirs or nobody's.

    Raises Refused, the same for one that isn't known, doesn't fit, or whose owner may not come in.
    """
    try:
        answer = _read(credential)
        user = expected or auth.extract_user_from_response(answer)
        held = auth.complete_authentication(user, answer)
    except BROKEN as broken:
        raise Refused(NOT_KNOWN) from broken
    if not isinstance(user, User) or not user.is_active:
        raise Refused(NOT_KNOWN)
    held.record_usage()
    return user


def remember_passkey(request: Any, user: User) -> None:
    """Writes into the session that it rests on a passkey given now."""
    record_authentication(request, user, SECOND_STEP_METHOD, type=str(WEBAUTHN))


def came_by_passkey(request: Any, user: User) -> bool:
    """Returns whether this sign-in, finished or not, was by passkey."""
    return any(is_passkey(record) for record in get_authentication_records(request, user))


def is_passkey(record: dict[str, Any]) -> bool:
    """Returns whether a session's record of how somebody came in is of a passkey."""
    return (record.get("method"), record.get("type")) == (SECOND_STEP_METHOD, str(WEBAUTHN))


def _read(credential: str) -> dict[str, Any]:
    if len(credential) > LONGEST:
        raise ValueError("too long for a passkey's answer")
    answer = json.loads(credential)
    if not isinstance(answer, dict):
        raise ValueError("not a passkey's answer")
    return answer
