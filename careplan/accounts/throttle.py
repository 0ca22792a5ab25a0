"""Counting tries at the door, by account and by address, in the cache that outlives the web process (AUTH-1).

The limits themselves are ACCOUNT_RATE_LIMITS; django-allauth keeps the counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from careplan.errors import Refused

SIGN_IN = "login_failed"
SECOND_STEP = "second_step"
CONFIRM = "ask_again"
BEGIN = "begin"
PASSKEY = "passkey"
PASSKEY_ASKED = "passkey_asked"
CALL_CODE = "call_code"

WAIT = _("Too many tries. Wait five minutes, then try again.")
OR_ELSE = {SIGN_IN: _(" If that doesn’t help, ask for a new password: it can be used at once.")}


class TooManyTries(Refused):
    """Somebody must wait before the next try; pages answer 429."""

    def __init__(self, action: str = "") -> None:
        super().__init__(f"{WAIT}{OR_ELSE.get(action, '')}")


@dataclass(frozen=True)
class Try:
    """One counted try."""

    usage: ratelimit.RateLimitUsage

    def forgive(self) -> None:
        """Takes the try off the count: it was the right person."""
        self.usage.rollback()


def forget_tries(request: Any, *, action: str, key: str) -> None:
    """Begins the count of an account anew: somebody has shown by another way that it is theirs."""
    ratelimit.clear(request, app="allauth.account", action=action, key=key, config=_by_account(action))


def _by_account(action: str) -> dict[str, str]:
    rates = [rate for rate in settings.ACCOUNT_RATE_LIMITS[action].split(",") if rate.endswith("/key")]
    return {action: ",".join(rates)}


def count_try(request: Any, *, action: str, key: str) -> Try:
    """Returns the counted try; raises TooManyTries when the account or the address has had enough."""
    usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
    if usage is None:
        raise TooManyTries(action)
    return Try(usage)
