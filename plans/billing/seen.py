"""Exactly what each recipient of billing sees of a record now, by the code that sends it (BILL-6, CONS-9)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from careplan.access.classes import DataClass
from clients.models import Consent, ConsentKind, ConsentState, Effect
from clients.selectors.permits import permits
from plans.billing.kinds import FOR_RECIPIENTS
from plans.billing.payloads import charge_payload, claim_payload, readiness_payload
from plans.models import Charge
from plans.selectors.claims import claim_facts_of
from plans.selectors.readiness import readiness

AT_MOST = 50
KEY = "guard.recipient_key"


@dataclass(frozen=True)
class Payload:
    """One thing that is sent, as it is sent."""

    name: str
    text: str


def permitted_now(client_id: UUID) -> list[str]:
    """Everybody who may have a client's billing now, by name. One query, and one for each who was permitted."""
    given = Consent.objects.filter(
        client_id=client_id, kind=ConsentKind.BILLING, effect=Effect.PERMIT, state=ConsentState.GIVEN
    )
    return [name for name in sorted(set(given.values_list("recipient", flat=True))) if _may_have_it(client_id, name)]


def payloads_now(client_id: UUID, recipient: str) -> list[Payload]:
    """What a bill says, today's readiness, and the charges that are this recipient's to read. Three queries."""
    today = readiness(client_id=client_id, on=timezone.localdate(), to=recipient)
    return [
        _payload(_("What a bill says about me"), claim_payload(client_id, claim_facts_of(client_id, recipient))),
        _payload(_("Today"), readiness_payload(today)),
        _payload(_("Sessions"), [charge_payload(row) for row in _charges(client_id, recipient)]),
    ]


def exactly(client_id: UUID, recipient: str) -> list[tuple[str, str]]:
    """What this recipient would get now, file by file; nothing without a permission in force. Four queries."""
    if not _may_have_it(client_id, recipient):
        return []
    return [(each.name, each.text) for each in payloads_now(client_id, recipient)]


def _may_have_it(client_id: UUID, recipient: str) -> bool:
    billing, data_class = ConsentKind.BILLING, DataClass.BILLING
    return permits(client_id=client_id, purpose=billing, recipient=recipient, data_class=data_class).allowed


def _charges(client_id: UUID, recipient: str) -> list[Charge]:
    rows = Charge.objects.filter(client_id=client_id, state__in=FOR_RECIPIENTS)
    rows = rows.annotate(whose=Func(F("sent_to"), function=KEY))
    theirs = rows.filter(Q(sent_to="") | Q(whose=Func(Value(recipient), function=KEY)))
    return list(theirs.order_by("-service_on", "-id")[:AT_MOST])


def _payload(name: str, said: Any) -> Payload:
    return Payload(name, json.dumps(said, indent=2, ensure_ascii=False, default=str))
