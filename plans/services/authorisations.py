"""What a payer allowed beforehand, and the sessions that waited for it (BILL-1, BILL-2)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.services.change import begin_change
from plans.billing.kinds import ChargeState
from plans.models import Authorisation, Charge, Coverage
from plans.models.billing import CODE
from plans.services.charges import settle_charge


@dataclass(frozen=True)
class NewAuthorisation:
    """What a payer allowed beforehand."""

    coverage_id: UUID
    number: str
    service_code: str
    units: int
    starts_on: date
    modifier: str = ""
    times_a_week: int | None = None
    ends_on: date | None = None


def add_authorisation(*, client_id: UUID, new: NewAuthorisation, by: Actor) -> UUID:
    """The id of a new authorisation; what was not sent is looked at again. Raises Refused, NotYours."""
    _ensure_sound(new)
    change = begin_change(client_id=client_id, data_class=DataClass.BILLING, by=by)
    if not Coverage.objects.filter(client_id=client_id, id=new.coverage_id, ended_at=None).exists():
        raise NotYours
    made = Authorisation.objects.create(id=uuid7(), **change.keys, **asdict(new), made_at=change.at, made_by=change.by)
    record(kind="authorisation.added", client_id=client_id, object_type="authorisation", object_id=made.id)
    unsent = Charge.objects.filter(client_id=client_id, sent_at=None, service_on__gte=new.starts_on)
    may_take = unsent.filter(state__in=(ChargeState.PLANNED, ChargeState.BILLABLE))
    for charge_id in list(may_take.order_by("service_on", "id").values_list("id", flat=True)):
        settle_charge(client_id=client_id, charge_id=charge_id, by=by)
    return made.id


def _ensure_sound(new: NewAuthorisation) -> None:
    for code in (new.number, new.service_code):
        if not re.match(CODE, code):
            raise Refused("A number or code has letters, digits, dots and dashes only.")
    if new.units < 1:
        raise Refused("Say how many units were allowed.")
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise Refused("It ends before it starts.")
