"""Whether a day's session can be billed, and if not why (BILL-1): computed from facts without words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from careplan.errors import NotYours
from plans.billing.kinds import Effect, Reason
from plans.billing.profiles import ABOUT_THE_PLAN, PayerProfile, profile_of
from plans.kinds import SignatureStatus

Facts = Mapping[str, Any]
OPEN_SIGNATURES = frozenset({SignatureStatus.NOT_OFFERED})
"""Everything else is signed, or a documented reason why not (PLAN-10)."""


@dataclass(frozen=True)
class Why:
    """One reason, and whether it blocks for this payer."""

    code: Reason
    effect: Effect


@dataclass(frozen=True)
class Readiness:
    """What a recipient reads about one day: facts, reasons, and the answer they come to."""

    client_id: UUID
    on: date
    profile: str
    facts: Facts
    reasons: tuple[Why, ...]
    let_go: bool = False

    @property
    def ready(self) -> bool:
        return not any(why.effect is Effect.BLOCKING for why in self.reasons)

    @property
    def blocking(self) -> tuple[Reason, ...]:
        return tuple(why.code for why in self.reasons if why.effect is Effect.BLOCKING)


def readiness(*, client_id: UUID, on: date, to: str = "", let_go: bool = False) -> Readiness:
    """The readiness of a day. One query; raises NotYours unless the record is open for class billing.

    `to` names a recipient, when it is not about whoever is permitted now or about the software that asks. `let_go`: the
    client lets it go to them, which stands in for a permission and for nothing else.
    """
    facts = billing_facts(client_id, on, to)
    coverage = facts["coverage"]
    profile = profile_of(coverage["profile"] if coverage else "")
    return Readiness(client_id, on, profile.key, facts, _reasons(facts, profile, on, let_go), let_go)


def of_charge(found: Readiness, charge_id: UUID) -> Readiness:
    """The same day for one charge alone: what its neighbour of that day lacks does not hold it up."""
    facts = {**found.facts, "sessions": [each for each in found.facts["sessions"] if each["charge"] == str(charge_id)]}
    return replace(found, facts=facts, reasons=_reasons(facts, profile_of(found.profile), found.on, found.let_go))


def billing_facts(client_id: UUID, on: date, recipient: str = "") -> Facts:
    """Everything billing may learn about a day, for one recipient or for whoever is permitted. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select plans_billing_facts(%s, %s, %s)", [client_id, on, recipient])
        found = cursor.fetchone()[0]
    if found is None:
        raise NotYours
    return read(found)


def read(found: Any) -> Facts:
    """Facts as the database gave them."""
    facts: Facts = json.loads(found) if isinstance(found, str) else found
    return facts


def _reasons(facts: Facts, profile: PayerProfile, on: date, let_go: bool) -> tuple[Why, ...]:
    aside = {Reason.CONSENT_ABSENT} if let_go else set()
    return tuple(why for why in _weighed(facts, profile, on) if why.code not in aside)


def _weighed(facts: Facts, profile: PayerProfile, on: date) -> Iterator[Why]:
    sessions: Sequence[Facts] = facts["sessions"]
    before_plan = bool(sessions) and all(session["before_plan"] for session in sessions)
    for reason in _found(facts, on):
        effect = profile.reasons.get(reason)
        if effect is not None and not (before_plan and reason in ABOUT_THE_PLAN):
            yield Why(reason, effect)


def _found(facts: Facts, on: date) -> Iterator[Reason]:
    sessions, plan = facts["sessions"], facts["plan"]
    checks = (
        (Reason.SESSION_NOT_KEPT, not sessions),
        (Reason.CONSENT_ABSENT, not facts["consent"]),
        (Reason.RESTRICTION, bool(facts["restrictions"])),
        (Reason.SERVICE_CODE_MISSING, any(not session["service_code"] for session in sessions)),
        (Reason.DIAGNOSIS_MISSING, not facts["diagnoses"]),
        (Reason.COVERAGE_MISSING, not facts["coverage"]),
        (Reason.AUTHORISATION_MISSING, any(_authorised(facts, each) is None for each in sessions)),
        (Reason.UNITS_USED_UP, any(_used_up(facts, each) for each in sessions)),
        (Reason.PLAN_MISSING, not plan["on_file"]),
        (Reason.AGREEMENT_MISSING, not plan["agreed"]),
        (Reason.SIGNATURE_MISSING, facts["signature"]["status"] in OPEN_SIGNATURES),
        (Reason.REVIEW_OVERDUE, bool(plan["review_due"]) and date.fromisoformat(plan["review_due"]) < on),
    )
    yield from (reason for reason, is_so in checks if is_so)


def _authorised(facts: Facts, session: Facts) -> Facts | None:
    """The authorisation a session falls under: the one it names, or one for its service."""
    fits = (
        each
        for each in facts["authorisations"]
        if each["id"] == session["authorisation"]
        or (each["service_code"], each["modifier"]) == (session["service_code"], session["modifier"])
    )
    return next(fits, None)


def _used_up(facts: Facts, session: Facts) -> bool:
    """Whether its service was authorised and it has none of the units: each charge takes its own while they last."""
    found = _authorised(facts, session)
    return found is not None and session["authorisation"] is None
