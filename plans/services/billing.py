"""What a claim needs of a client, and the practice's list of services."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.canonical import clean_text
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.selectors.staff import at_work, holds_role
from clients.services.change import Change, begin_change, clean_line
from plans.billing.jobs import RUNS_BILLING
from plans.billing.kinds import AdministrativeSex, Relation
from plans.billing.profiles import profiles
from plans.models import BillingDetails, ClinicianNumber, Coverage, ServiceCode
from plans.models.billing import CODE, OPTIONAL_CODE


@dataclass(frozen=True)
class NewCoverage:
    """Who pays, as the card says it."""

    payer: str
    member_id: str
    relation: Relation = Relation.SELF
    subscriber: str = ""
    payer_id: str = ""
    profile: str = "plain"
    rank: int = 1
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class NewService:
    """One service as the practice calls it and what it costs."""

    code: str
    name: str
    fee: Decimal
    currency: str
    modifier: str = ""
    minutes: int | None = None
    before_plan: bool = False


def begin_billing(*, client_id: UUID, by: Actor) -> None:
    """From now on those who do the practice's billing reach this record's billing, and nothing else of it."""
    change = _begin(client_id, by)
    begin_with(change)


def begin_with(change: Change) -> None:
    """Begins this record’s billing when nobody has yet; inside a change that may write it."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.begin_billing(%s)", [change.client_id])
        if cursor.fetchone()[0]:
            record(kind="billing.begun", client_id=change.client_id, object_type="billing")


def update_billing_details(*, client_id: UUID, address: str, administrative_sex: str, by: Actor) -> None:
    """Keeps what a claim says about a client."""
    if administrative_sex not in AdministrativeSex.values:
        raise Refused("Choose one of the list.")
    change = _begin(client_id, by)
    begin_with(change)
    stamps = {
        "address": clean_text(address),
        "administrative_sex": administrative_sex,
        "changed_at": change.at,
        "changed_by": change.by,
    }
    if not BillingDetails.objects.filter(client_id=client_id).update(**stamps):
        BillingDetails.objects.create(id=uuid7(), **change.keys, **stamps)
    record(kind="billing.details_changed", client_id=client_id, object_type="billing")


def add_coverage(*, client_id: UUID, new: NewCoverage, by: Actor) -> UUID:
    """The id of a new coverage. Raises Refused with a sentence."""
    kept = {**asdict(new), **{name: clean_line(getattr(new, name)) for name in ("payer", "subscriber", "member_id")}}
    _ensure_coverage(kept)
    change = _begin(client_id, by)
    begin_with(change)
    made = Coverage.objects.create(id=uuid7(), **change.keys, **kept, made_at=change.at, made_by=change.by)
    record(kind="coverage.added", client_id=client_id, object_type="coverage", object_id=made.id)
    return made.id


def _ensure_coverage(kept: dict[str, Any]) -> None:
    if not kept["payer"]:
        raise Refused("Say who pays.")
    if not re.match(CODE, kept["member_id"]):
        raise Refused("The member id has letters, digits, dots and dashes only, as on the card.")
    if not re.match(OPTIONAL_CODE, kept["payer_id"]):
        raise Refused("The payer’s id has letters, digits, dots and dashes only.")
    if kept["relation"] != Relation.SELF and not kept["subscriber"]:
        raise Refused("Say who holds the policy.")
    if kept["profile"] not in profiles():
        raise Refused("Choose what this payer asks for.")
    if kept["starts_on"] and kept["ends_on"] and kept["ends_on"] < kept["starts_on"]:
        raise Refused("It ends before it starts.")


def end_coverage(*, client_id: UUID, coverage_id: UUID, by: Actor) -> None:
    """This payer no longer pays. Raises NotYours."""
    change = _begin(client_id, by)
    row = Coverage.objects.filter(client_id=client_id, id=coverage_id, ended_at=None).first()
    if row is None:
        raise NotYours
    Coverage.objects.filter(id=row.id).update(ended_at=change.at, ended_by=change.by)
    record(kind="coverage.ended", client_id=client_id, object_type="coverage", object_id=row.id)


def add_service(*, new: NewService, by: Actor) -> ServiceCode:
    """A service in the practice's own list. Raises NotYours for a job that does no billing, Refused with a sentence."""
    person, practice = _does_billing(by)
    name = clean_line(new.name)
    if not name:
        raise Refused("Call it what you call it.")
    if not re.match(CODE, new.code) or not re.match(OPTIONAL_CODE, new.modifier):
        raise Refused("A code has letters, digits, dots and dashes only.")
    if new.fee < 0 or not re.match("^[A-Z]{3}$", new.currency):
        raise Refused("A fee is a number with a currency of three letters.")
    columns = {**asdict(new), "name": name}
    try:
        with transaction.atomic():
            return ServiceCode.objects.create(
                id=uuid7(), practice_id=practice, **columns, made_at=timezone.now(), made_by=person
            )
    except IntegrityError as there:
        raise Refused("This code is in the list already.") from there


def retire_service(*, service_id: UUID, by: Actor) -> None:
    """The list goes on without it; charges keep what they said. Raises NotYours."""
    person, practice = _does_billing(by)
    rows = ServiceCode.objects.filter(id=service_id, practice_id=practice, retired_at=None)
    if not rows.update(retired_at=timezone.now(), retired_by=person):
        raise NotYours


def set_clinician_number(*, person_id: UUID, npi: str, by: Actor) -> None:
    """What claims call a member of staff. Raises Refused for an NPI that isn't ten digits."""
    person, practice = _does_billing(by)
    if not re.match("^([0-9]{10})?$", npi):
        raise Refused("An NPI has ten digits.")
    stamps = {"npi": npi, "changed_at": timezone.now(), "changed_by": person}
    if not ClinicianNumber.objects.filter(practice_id=practice, person_id=person_id).update(**stamps):
        ClinicianNumber.objects.create(id=uuid7(), practice_id=practice, person_id=person_id, **stamps)


def _does_billing(by: Actor) -> tuple[UUID, UUID]:
    if not holds_role(by, RUNS_BILLING):
        raise NotYours
    return at_work(by)


def _begin(client_id: UUID, by: Actor) -> Change:
    return begin_change(client_id=client_id, data_class=DataClass.BILLING, by=by)
