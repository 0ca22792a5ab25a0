"""What each kind of payer asks for, read from a data file: which reasons block, which are a note (BILL-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plans.billing.kinds import Effect, Reason

FILE = Path(__file__).with_name("payer_profiles.json")
DEFAULT = "plain"
ABOUT_THE_PLAN = frozenset({Reason.PLAN_MISSING, Reason.AGREEMENT_MISSING, Reason.SIGNATURE_MISSING})
"""Never asked for a service that comes before a plan."""


@dataclass(frozen=True)
class PayerProfile:
    """One kind of payer: reasons it does not name are none."""

    key: str
    name: str
    reasons: Mapping[Reason, Effect]


@cache
def profiles() -> dict[str, PayerProfile]:
    """Every profile by key. Raises ValueError for a reason or an effect that does not exist."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    found = [
        PayerProfile(
            each["key"], each["name"], {Reason(code): Effect(effect) for code, effect in each["reasons"].items()}
        )
        for each in read["profiles"]
    ]
    return {profile.key: profile for profile in found}


def profile_of(key: str) -> PayerProfile:
    """The profile of a coverage; the plain one for none, or for one that was taken out of the file."""
    return profiles().get(key, profiles()[DEFAULT])


def profile_choices() -> list[tuple[str, str]]:
    """What a form offers."""
    return [(profile.key, profile.name) for profile in profiles().values()]
