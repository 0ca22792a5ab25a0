"""What a recipient says became of a charge, and its own ids for a client (BILL-2, BILL-6, BILL-8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import IntegrityError, connection, transaction

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.services.change import begin_change
from plans.billing.kinds import Outcome
from plans.models import ChargeResult, ExternalId
from plans.models.billing import CODE

NO_SUCH_CHARGE = "P0002"


@dataclass(frozen=True)
class NewResult:
    """One answer of a payer: codes, numbers and money, no prose."""

    outcome: Outcome
    adjudication_codes: Sequence[str] = field(default_factory=tuple)
    payer_control_number: str = ""
    allowed: Decimal | None = None
    paid: Decimal | None = None
    client_owes: Decimal | None = None
    decided_on: date | None = None


def post_result(*, client_id: UUID, charge_id: UUID, result: NewResult, by: Actor) -> UUID:
    """The id of a new result; its charge has moved with it. Also where nothing may be read any more.

    Raises NotYours for a charge that was not sent to whoever asks, Refused where it does not fit the charge's state.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.BILLING, by=by)
    result_id = uuid7()
    try:
        with transaction.atomic():
            ChargeResult.objects.create(
                id=result_id,
                **change.keys,
                charge_id=charge_id,
                outcome=result.outcome,
                adjudication_codes=list(result.adjudication_codes),
                payer_control_number=result.payer_control_number,
                allowed=result.allowed,
                paid=result.paid,
                client_owes=result.client_owes,
                decided_on=result.decided_on,
                said_at=change.at,
                said_by=change.by,
            )
    except IntegrityError as other_state:
        raise Refused("The charge is not in a state that this result follows.") from other_state
    except DatabaseError as unknown:
        if getattr(unknown.__cause__, "sqlstate", "") == NO_SUCH_CHARGE:
            raise NotYours from unknown
        raise
    record(
        kind="charge.result",
        client_id=client_id,
        object_type="charge",
        object_id=charge_id,
        after=result.outcome,
        detail={"result": str(result_id)},
    )
    return result_id


def set_external_id(
    *, client_id: UUID, system: str, value: str, by: Actor, ensure_unmoved: Callable[[], None] | None = None
) -> None:
    """What the acting recipient's system calls this client, from now on. Raises Refused for something that is no id.

    `ensure_unmoved` is asked once nobody else can change the record any more: it raises when it has moved.
    """
    if not re.match(CODE, system) or not re.match(CODE, value):
        raise Refused("An id is up to forty letters, digits, dots and dashes.")
    change = begin_change(client_id=client_id, data_class=DataClass.BILLING, by=by)
    if ensure_unmoved is not None:
        ensure_unmoved()
    recipient = acting_recipient()
    rows = ExternalId.objects.filter(client_id=client_id, system=system)  # software sees its own recipient's alone
    there = rows.first() if recipient else rows.filter(set_for="").first()
    if there is not None and there.value == value:
        return
    stamps = {"value": value, "changed_at": change.at, "changed_by": change.by}
    if there is None:
        ExternalId.objects.create(id=uuid7(), **change.keys, set_for=recipient, system=system, **stamps)
    else:
        ExternalId.objects.filter(id=there.id).update(**stamps)
    record(kind="external_id.set", client_id=client_id, object_type="external_id", after=system.lower())


def acting_recipient() -> str:
    """For whom the software acts that acts now, or ''."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.acting_recipient()")
        return str(cursor.fetchone()[0] or "")
