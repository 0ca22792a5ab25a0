"""The second step: six digits from an app, or a recovery code. Each works once."""

from __future__ import annotations

import base64
import hmac
from enum import StrEnum
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import transaction

from careplan.accounts.adapter import secrets_of
from careplan.accounts.door_log import note
from careplan.accounts.models import SigninKind, User
from careplan.errors import Refused
from careplan.fields.sealing import current_key_id, sealing_key_id

TOTP = Authenticator.Type.TOTP
RECOVERY_CODES = Authenticator.Type.RECOVERY_CODES
SIX = 6


class Step(StrEnum):
    """How the second step was taken."""

    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"


def has_second_factor(user: User) -> bool:
    """Returns whether the user has set up a second step."""
    return bool(Authenticator.objects.filter(user=user, type=TOTP).exists())


def new_secret() -> str:
    """Returns a fresh secret for an authenticator app."""
    return str(generate_totp_secret())


def enrol_totp(*, user: User, secret: str, by: UUID | None = None, address: str = "") -> None:
    """Gives the user this secret as their second step; refuses when they have one already."""
    with transaction.atomic(), secrets_of(user.pk):
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if has_second_factor(user):
            raise Refused("This sign-in has a second step already.")
        sealed = get_adapter().encrypt(secret)
        Authenticator.objects.create(user=user, type=TOTP, data={"secret": sealed, "last_counter": -1})
        note(SigninKind.SECOND_FACTOR_ENROLLED, user=user, by=by, address=address)


def make_recovery_codes(*, user: User, by: UUID | None = None, address: str = "") -> list[str]:
    """Returns ten new recovery codes; the former ones no longer work."""
    with transaction.atomic(), secrets_of(user.pk):
        Authenticator.objects.filter(user=user, type=RECOVERY_CODES).delete()
        codes: list[str] = RecoveryCodes.activate(user).generate_codes()
        note(SigninKind.RECOVERY_CODES_MADE, user=user, by=by, address=address)
    return codes


def unused_recovery_codes(user: User) -> list[str]:
    """Returns the recovery codes that still work."""
    held = Authenticator.objects.filter(user=user, type=RECOVERY_CODES).first()
    if held is None:
        return []
    with secrets_of(user.pk):
        return list(RecoveryCodes(held).get_unused_codes())


def remove_second_factor(*, user: User, by: UUID | None = None) -> None:
    """Takes the second step away, so that the next sign-in sets up a new one; ends the user's sessions."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        user.sessions.all().delete()
        note(SigninKind.SECOND_FACTOR_REMOVED, user=user, by=by)


def code_fits(secret: str, code: str) -> bool:
    """Returns whether the six digits are this secret's now; used once, before the secret is anybody's."""
    return matching_counter(secret, _digits(code)) is not None


def take_second_step(*, user: User, code: str, address: str = "") -> Step | None:
    """Returns how the step was taken, or None for a wrong or used code. A right code is used up."""
    digits = _digits(code)
    with transaction.atomic(), secrets_of(user.pk):
        if len(digits) == SIX:
            return Step.TOTP if _use_totp(user, digits) else None
        if not _use_recovery_code(user, digits):
            return None
        note(SigninKind.RECOVERY_CODE_USED, user=user, address=address)
        return Step.RECOVERY_CODE


def current_code(*, user: User) -> str:
    """Returns the six digits an app would show now; for the demo's invented people."""
    held = Authenticator.objects.get(user=user, type=TOTP)
    with secrets_of(user.pk):
        secret = get_adapter().decrypt(held.data["secret"])
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def reseal_second_factors() -> int:
    """Returns how many secrets were sealed anew because an older key had sealed them."""
    changed = 0
    for pk in Authenticator.objects.values_list("pk", flat=True).iterator():
        with transaction.atomic():
            held = Authenticator.objects.select_for_update().get(pk=pk)
            changed += _reseal(held)
    return changed


def matching_counter(secret: str, digits: str) -> int | None:
    """Returns the time step these digits belong to, within the tolerance, or None."""
    for counter in yield_hotp_counters_from_time():
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, counter)).encode(), digits.encode()):
            return int(counter)
    return None


def _use_totp(user: User, digits: str) -> bool:
    held = Authenticator.objects.select_for_update().filter(user=user, type=TOTP).first()
    if held is None:
        return False
    counter = matching_counter(get_adapter().decrypt(held.data["secret"]), digits)
    # Only ever forward: a code, and any older one, is spent once it was used, whatever the cache remembers.
    if counter is None or counter <= held.data.get("last_counter", -1):
        return False
    held.data["last_counter"] = counter
    held.record_usage()
    held.save(update_fields=["data"])
    return True


def _use_recovery_code(user: User, digits: str) -> bool:
    held = Authenticator.objects.filter(user=user, type=RECOVERY_CODES).first()
    return held is not None and bool(digits) and RecoveryCodes(held).validate_code(digits)


def _reseal(held: Any) -> int:
    secret_name = "secret" if held.type == TOTP else "seed"
    sealed = held.data.get(secret_name)
    if sealed is None or sealing_key_id(base64.b64decode(sealed)) == current_key_id():
        return 0
    adapter = get_adapter()

    with secrets_of(held.user_id):
        held.data[secret_name] = adapter.encrypt(adapter.decrypt(sealed))
    held.save(update_fields=["data"])
    return 1


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isascii() and sign.isdigit())
