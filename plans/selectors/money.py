"""What the people who do a practice's billing see: sessions, charges and sums. No words of anybody's record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.seam import glance
from careplan.accounts.models import StaffMember
from careplan.errors import NotYours
from clients.selectors.staff import at_work, holds_role, named_by
from plans.billing.jobs import OPENS_BILLING, RUNS_BILLING
from plans.billing.kinds import CHANGEABLE, ChargeState, Reason, Relation
from plans.models import (
    Authorisation,
    Charge,
    ChargeResult,
    ClinicianNumber,
    ExternalId,
    ServiceCode,
)
from plans.selectors.claims import claim_facts_of
from plans.selectors.readiness import Facts, billing_facts

ROWS = 200
WHAT_TO_DO = {
    ChargeState.HELD: "Permission ended. The client chooses: send or pay",
    ChargeState.SELF_PAY: "Paid by the client. It is not sent",
    ChargeState.REJECTED: "Sent back: correct it",
}


@dataclass(frozen=True)
class ChargeRow:
    """One line of the practice's sessions and charges."""

    id: UUID
    client_id: UUID
    name_used: str
    service_on: date
    starts_at: datetime | None
    service_code: str
    fee: Decimal
    currency: str
    state: ChargeState
    reasons: tuple[str, ...]
    released: bool
    sent_at: datetime | None
    state_at: datetime
    version: int | None
    number: int | None
    begun: bool = True

    @property
    def plan(self) -> str:
        """What is on file, as people call it."""
        if self.number:
            return f"v{self.number}"
        return "Agreed, not numbered" if self.version else "None yet"

    @property
    def look(self) -> tuple[str, str]:
        """The tag's class and icon."""
        match self.state:
            case ChargeState.BILLABLE:
                return "tag-agreed", "check"
            case ChargeState.HELD:
                return "", "pause"
            case ChargeState.SELF_PAY | ChargeState.NOT_BILLABLE:
                return "tag-off", "circle-slash"
            case ChargeState.PLANNED:
                return "", "circle-dashed"
        return "", "file-text"

    @property
    def to_do(self) -> str:
        """What somebody can do about it, in a few words."""
        if self.sent_at and Reason.SESSION_NOT_KEPT in self.reasons:
            return "Its session did not take place after all: tell whoever has it"
        if not self.begun:
            return "Whoever treats the client begins the billing first"
        if self.reasons and self.state == ChargeState.PLANNED:
            return "; ".join(Reason(code).label for code in self.reasons)
        if self.sent_at and self.state == ChargeState.BILLABLE:
            return "Handed over. Waiting for its result"
        return WHAT_TO_DO.get(self.state, "")


@dataclass(frozen=True)
class Total:
    """How many charges stand in one state this month, and what they come to."""

    label: str
    charges: int
    total: Decimal
    currency: str


@dataclass(frozen=True)
class PracticeBilling:
    """The billing page of a practice. `opens`: whoever looks may open the billing of a record."""

    rows: tuple[ChargeRow, ...]
    totals: tuple[Total, ...]
    ready: int
    opens: bool


def practice_billing(by: Actor) -> PracticeBilling:
    """The latest sessions and charges, and this month's sums. Six queries. Raises NotYours for another job."""
    ensure_does_billing(by)
    opens = holds_role(by, OPENS_BILLING)
    with connection.cursor() as cursor:
        cursor.execute("select * from plans_practice_charges(%s)", [ROWS])
        found = cursor.fetchall()
        cursor.execute("select guard.billed_clients()")
        begun = set(cursor.fetchone()[0])
        rows = tuple(_row(*each, not opens or each[1] in begun) for each in found)
        cursor.execute("select * from plans_practice_totals(%s)", [timezone.localdate().replace(day=1)])
        totals = tuple(Total(ChargeState(s).label, n, total, c) for s, n, total, c in cursor.fetchall())
    glance(clients={row.client_id for row in rows}, via="list:billing")
    ready = sum(row.state == ChargeState.BILLABLE and row.sent_at is None for row in rows)
    return PracticeBilling(rows, totals, ready, opens)


def _row(*values: Any) -> ChargeRow:
    row = list(values)
    row[8], row[9] = ChargeState(row[8]), tuple(row[9])
    return ChargeRow(*row)


def ensure_does_billing(by: Actor) -> None:
    """Raises NotYours for somebody whose job it is not."""
    if not holds_role(by, RUNS_BILLING):
        raise NotYours


def ready_for(recipient: str) -> list[tuple[UUID, UUID]]:
    """Ids of charges, and of their clients, that can go to a recipient in a file now. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select id, client_id from plans_ready_for(%s)", [recipient])
        return list(cursor.fetchall())


def services_of(by: Actor) -> list[ServiceCode]:
    """The practice's own list, by code. One query."""
    _, practice = at_work(by)
    return list(ServiceCode.objects.filter(practice_id=practice, retired_at=None).order_by("code", "modifier"))


@dataclass(frozen=True)
class Clinician:
    """A member of staff and their NPI."""

    person_id: UUID
    name: str
    npi: str


def clinicians_of(by: Actor) -> list[Clinician]:
    """Everybody who works here, by name, with their NPI. Two queries."""
    _, practice = at_work(by)
    npis = dict(ClinicianNumber.objects.filter(practice_id=practice).values_list("person_id", "npi"))
    staff = StaffMember.objects.filter(practice_id=practice, until=None).order_by("name")
    return [Clinician(row.person_id, row.name, npis.get(row.person_id, "")) for row in staff]


@dataclass(frozen=True)
class Cover:
    """Somebody who pays for a client's sessions."""

    id: str
    payer: str
    member_id: str
    relation: Relation


@dataclass(frozen=True)
class RecordBilling:
    """The billing of one record."""

    address: str
    administrative_sex: str
    coverages: Sequence[Cover]
    external_ids: Sequence[ExternalId]
    authorisations: Sequence[Authorisation]
    charges: Sequence[Charge]


def record_billing(client_id: UUID) -> RecordBilling:
    """Everything class billing holds of an opened record. Four queries. Raises NotYours without that class."""
    claim = claim_facts_of(client_id)
    return RecordBilling(
        address=claim["address"],
        administrative_sex=claim["administrative_sex"],
        coverages=[_cover(each) for each in claim["coverages"]],
        external_ids=list(ExternalId.objects.filter(client_id=client_id).order_by("system")),
        authorisations=list(Authorisation.objects.filter(client_id=client_id).order_by("-starts_on", "id")),
        charges=list(_charges(client_id).order_by("-service_on", "-id")[:100]),
    )


def _cover(said: Facts) -> Cover:
    return Cover(said["id"], said["payer"], said["member_id"], Relation(said["relation"]))


def _charges(client_id: UUID) -> QuerySet[Charge]:
    corrected = Charge.objects.filter(client_id=client_id, corrects_id=OuterRef("id"))
    rows = Charge.objects.filter(client_id=client_id)
    return rows.annotate(held_by=named_by("rendering_id"), corrected=Exists(corrected))


@dataclass(frozen=True)
class ChargePage:
    """One charge: as it stands, the payer's last word about it, and the diagnosis codes it may carry."""

    row: Charge
    last: ChargeResult | None
    codes: tuple[str, ...]

    @property
    def corrects(self) -> bool:
        """Says whether it was sent back and waits for a new charge in its stead."""
        return self.row.state == ChargeState.REJECTED and not self.row.corrected  # type: ignore[attr-defined]

    @property
    def changes(self) -> bool:
        """Says whether it may still be put right, or is to be corrected."""
        return self.corrects or (self.row.sent_at is None and self.row.state in CHANGEABLE)


def charge_page(client_id: UUID, charge_id: UUID) -> ChargePage:
    """One charge of an opened record. Three queries; raises NotYours."""
    row = _charges(client_id).filter(id=charge_id).first()
    if row is None:
        raise NotYours
    told = billing_facts(client_id, row.service_on)["diagnoses"]
    codes = dict.fromkeys([*(each["code"] for each in told), *row.diagnosis_codes])
    last = ChargeResult.objects.filter(client_id=client_id, charge=row).order_by("-said_at", "-id").first()
    return ChargePage(row, last, tuple(codes))
