"""Exactly what billing sees of a record now, by the code that sends it (BILL-6, CONS-9)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from careplan.access.classes import DataClass
from clients.models import ConsentKind
from clients.selectors.permits import permits
from plans.billing.kinds import FOR_RECIPIENTS
from plans.billing.payloads import charge_payload, claim_payload, readiness_payload
from plans.models import Charge
from plans.selectors.claims import claim_facts_of
from plans.selectors.readiness import readiness

AT_MOST = 50


@dataclass(frozen=True)
class Payload:
    """One thing that is sent, as it is sent."""

    name: str
    text: str


def payloads_now(client_id: UUID, charges: Iterable[Charge]) -> list[Payload]:
    """What a bill says, today's readiness, and these charges. Two queries."""
    today = readiness(client_id=client_id, on=timezone.localdate())
    return [
        _payload(_("What a bill says about me"), claim_payload(client_id, claim_facts_of(client_id))),
        _payload(_("Today"), readiness_payload(today)),
        _payload(_("Sessions"), [charge_payload(row) for row in charges]),
    ]


def latest_charges(client_id: UUID) -> list[Charge]:
    """A client's latest charges, whatever became of them. One query."""
    return list(Charge.objects.filter(client_id=client_id).order_by("-service_on", "-id")[:AT_MOST])


def exactly(client_id: UUID, recipient: str) -> list[tuple[str, str]]:
    """What this recipient would get now, file by file; nothing without a permission in force. Four queries."""
    billing, data_class = ConsentKind.BILLING, DataClass.BILLING
    if not permits(client_id=client_id, purpose=billing, recipient=recipient, data_class=data_class).allowed:
        return []
    theirs = [
        row for row in latest_charges(client_id) if row.state in FOR_RECIPIENTS and row.sent_to in ("", recipient)
    ]
    return [(each.name, each.text) for each in payloads_now(client_id, theirs)]


def _payload(name: str, said: Any) -> Payload:
    return Payload(name, json.dumps(said, indent=2, ensure_ascii=False, default=str))
