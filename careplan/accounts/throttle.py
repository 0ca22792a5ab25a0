"""Counting tries at the door, by account and by address, in the cache that outlives the web process (AUTH-1).

The limits themselves are ACCOUNT_RATE_LIMITS; django-allauth keeps the counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit

from careplan.errors import Refused

SIGN_IN = "login_failed"
SECOND_STEP = "second_step"
CONFIRM = "ask_again"
BEGIN = "begin"
PASSKEY = "passkey"
PASSKEY_ASKED = "passkey_asked"
CALL_CODE = "call_code"

WAIT = "Too many tries. Wait five minutes, then try again."


class TooManyTries(Refused):
    """Somebody must wait before the next try; pages answer 429."""

    def __init__(self) -> None:
        super().__init__(WAIT)


@dataclass(frozen=True)
class Try:
    """One counted try."""

    usage: ratelimit.RateLimitUsage

    def forgive(self) -> None:
        """Takes the try off the count: it was the right person."""
        self.usage.rollback()


def count_try(request: Any, *, action: str, key: str) -> Try:
    """Returns the counted try; raises TooManyTries when the account or the address has had enough."""
    usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
    if usage is None:
        raise TooManyTries
    return Try(usage)
