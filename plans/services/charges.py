"""Charges: made of kept sessions, made ready, held, released, sent (BILL-2, BILL-6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from careplan.access.actor import Actor, Hat
from careplan.access.classes import DataClass
from careplan.accounts.licence_model import Licence
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.services.change import Change, begin_change
from plans.billing.kinds import ChargeState
from plans.billing.moves import CHARGE_MOVES
from plans.models import Authorisation, Charge, ClinicianNumber, ServiceCode
from plans.models.billing import OPTIONAL_CODE
from plans.selectors.readiness import Readiness, readiness

BILLING = DataClass.BILLING


@dataclass(frozen=True)
class KeptSession:
    """A session that took place, as the calendar tells it. `session_id` makes a second telling the same charge."""

    service_on: date
    rendering: UUID
    session_id: UUID | None = None
    starts_at: datetime | None = None
    minutes: int | None = None
    service_code: str = ""
    modifier: str = ""
    units: int = 1
    place: str = ""
    supervising: UUID | None = None


@dataclass(frozen=True)
class ChargeChanges:
    """What may be corrected before a charge is sent."""

    service_code: str
    modifier: str = ""
    units: int = 1
    place: str = ""
    diagnosis_codes: Sequence[str] = field(default_factory=tuple)


def charge_session(*, client_id: UUID, session: KeptSession, by: Actor) -> Charge:
    """The charge of a kept session, made now or when it was told before; ready at once when nothing blocks it."""
    change = _begin(client_id, by)
    there = _told_before(client_id, session)
    if there is not None:
        return there
    service = _service(change, session.service_code, session.modifier)
    numbers = _numbers(change, session)
    made = Charge.objects.create(
        id=uuid7(),
        **change.keys,
        session_id=session.session_id,
        service_on=session.service_on,
        starts_at=session.starts_at,
        minutes=session.minutes,
        service_code=service.code if service else "",
        modifier=service.modifier if service else "",
        units=session.units,
        place=session.place,
        fee=service.fee * session.units if service else Decimal(0),
        currency=service.currency if service else "",
        authorisation=_authorisation(client_id, service, session.service_on),
        **_clinician("rendering", session.rendering, numbers),
        **_clinician("supervising", session.supervising, numbers),
        state_at=change.at,
        state_by=change.by,
        made_at=change.at,
        made_by=change.by,
    )
    _tell("charge.made", made, after=ChargeState.PLANNED)
    _settle(made, change)
    return made


def settle_charge(*, client_id: UUID, charge_id: UUID, by: Actor) -> Charge:
    """The charge after another look at what blocks it: ready, or planned with its reasons."""
    change = _begin(client_id, by)
    row = _find(client_id, charge_id)
    _settle(row, change)
    return row


def change_charge(*, client_id: UUID, charge_id: UUID, changes: ChargeChanges, by: Actor) -> Charge:
    """The charge with its facts corrected, looked at again. Raises Refused once it was sent: correct that instead."""
    change = _begin(client_id, by)
    row = _find(client_id, charge_id)
    if row.sent_at is not None or row.state not in (ChargeState.PLANNED, ChargeState.BILLABLE, ChargeState.HELD):
        raise Refused("What was sent is not edited. Correct it with a new charge.")
    service = _service(change, changes.service_code, changes.modifier)
    if service is None:
        raise Refused("Choose a service from the practice’s list.")
    columns: dict[str, Any] = {
        "service_code": service.code,
        "modifier": service.modifier,
        "units": changes.units,
        "place": changes.place,
        "fee": service.fee * changes.units,
        "currency": service.currency,
        "authorisation": _authorisation(client_id, service, row.service_on),
        "diagnosis_codes": list(changes.diagnosis_codes),
    }
    _write(row, **columns)
    _tell("charge.changed", row)
    _settle(row, change)
    return row


def correct_charge(*, client_id: UUID, charge_id: UUID, by: Actor) -> Charge:
    """A new charge that stands in for one that was sent back; the old row stays as it was. Raises Refused."""
    change = _begin(client_id, by)
    old = _find(client_id, charge_id)
    if old.state != ChargeState.REJECTED:
        raise Refused("Only a charge that was sent back is corrected.")
    there = Charge.objects.filter(client_id=client_id, corrects=old).first()
    if there is not None:
        return there
    kept = {column: getattr(old, column) for column in COPIED}
    made = Charge.objects.create(
        id=uuid7(),
        **change.keys,
        **kept,
        corrects=old,
        state_at=change.at,
        state_by=change.by,
        made_at=change.at,
        made_by=change.by,
    )
    _tell("charge.made", made, after=ChargeState.PLANNED)
    _settle(made, change)
    return made


COPIED = (
    *(
        "session_id",
        "service_on",
        "starts_at",
        "minutes",
        "service_code",
        "modifier",
        "units",
        "place",
        "fee",
        "currency",
    ),
    *("rendering_id", "rendering_npi", "rendering_licence", "supervising_id", "supervising_npi", "supervising_licence"),
    *("authorisation_id", "diagnosis_codes"),
)


def decide_held(*, client_id: UUID, charge_ids: Iterable[UUID], send: bool, by: Actor) -> int:
    """How many held charges the client has decided about: “send these” or “I’ll pay”. Nobody else decides."""
    if by.hat is not Hat.CLIENT:
        raise NotYours
    wanted = set(charge_ids)
    begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    with connection.cursor() as cursor:
        cursor.execute("select plans_decide_held(%s, %s, %s)", [client_id, list(wanted), send])
        return int(cursor.fetchone()[0])


def hand_over(charge_ids: Iterable[UUID], *, to: str = "") -> int:
    """How many of these were sent now: to software by its reading them, or by staff `to` a recipient, in a file."""
    with connection.cursor() as cursor:
        cursor.execute("select plans_hand_over(%s, %s)", [list(charge_ids), to])
        return int(cursor.fetchone()[0])


def _begin(client_id: UUID, by: Actor) -> Change:
    return begin_change(client_id=client_id, data_class=BILLING, by=by)


def _find(client_id: UUID, charge_id: UUID) -> Charge:
    row = Charge.objects.filter(client_id=client_id, id=charge_id).first()
    if row is None:
        raise NotYours
    return row


def _told_before(client_id: UUID, session: KeptSession) -> Charge | None:
    if session.session_id is None:
        return None
    return Charge.objects.filter(client_id=client_id, session_id=session.session_id, corrects=None).first()


def _service(change: Change, code: str, modifier: str) -> ServiceCode | None:
    if not code:
        return None
    return ServiceCode.objects.filter(
        practice_id=change.practice_id, code=code, modifier=modifier, retired_at=None
    ).first()


def _authorisation(client_id: UUID, service: ServiceCode | None, on: date) -> Authorisation | None:
    if service is None:
        return None
    rows = Authorisation.objects.filter(
        client_id=client_id, service_code=service.code, modifier=service.modifier, starts_on__lte=on
    )
    return next((row for row in rows.order_by("starts_on") if row.ends_on is None or row.ends_on >= on), None)


def _numbers(change: Change, session: KeptSession) -> dict[UUID, tuple[str, str]]:
    """NPI and licence of whoever took part, by person."""
    people = {person for person in (session.rendering, session.supervising) if person}
    of_practice = {"practice_id": change.practice_id, "person_id__in": people}
    npis = dict(ClinicianNumber.objects.filter(**of_practice).values_list("person_id", "npi"))
    still = Q(expires_on=None) | Q(expires_on__gte=session.service_on)
    held = Licence.objects.filter(still, **of_practice, ended_at=None).order_by("added_at")
    licences = dict(held.values_list("person_id", "number"))
    return {person: (npis.get(person, ""), as_code(licences.get(person, ""))) for person in people}


def as_code(number: str) -> str:
    """A licence's number as a claim can carry it: without blanks, or nothing where it is no number at all."""
    bare = re.sub(r"\s+", "", number)
    return bare if re.match(OPTIONAL_CODE, bare) else ""


def _clinician(role: str, person: UUID | None, numbers: dict[UUID, tuple[str, str]]) -> dict[str, Any]:
    if person is None:
        return {}
    npi, licence = numbers[person]
    return {f"{role}_id": person, f"{role}_npi": npi, f"{role}_licence": licence}


def _settle(row: Charge, change: Change) -> None:
    """Ready when nothing blocks; else planned, with the reasons. Only what was not sent and not decided moves."""
    if row.sent_at is not None or row.state not in (ChargeState.PLANNED, ChargeState.BILLABLE):
        return
    found = readiness(client_id=row.client_id, on=row.service_on)
    _stand(row, found, change)


def _stand(row: Charge, found: Readiness, change: Change) -> None:
    blocking = [str(code) for code in found.blocking]
    codes = row.diagnosis_codes or [each["code"] for each in found.facts["diagnoses"]]
    ready = not blocking and bool(row.service_code)
    verb = {True: "make_ready", False: "put_back"}[ready]
    if row.reasons != blocking or row.diagnosis_codes != codes:
        _write(row, reasons=blocking, diagnosis_codes=codes)
    if CHARGE_MOVES.can(row.state, verb):
        move = CHARGE_MOVES.apply(row, verb, state_at=change.at, state_by=change.by)
        _tell("charge.moved", row, before=move.source, after=move.to)
    elif row.reasons:
        _tell("charge.changed", row)


def _write(row: Charge, **columns: Any) -> None:
    Charge.objects.filter(id=row.id).update(**columns)
    for name, value in columns.items():
        setattr(row, name, value)


def _tell(kind: str, row: Charge, *, before: str = "", after: str = "") -> None:
    record(
        kind=kind,
        client_id=row.client_id,
        object_type="charge",
        object_id=row.id,
        before=before,
        after=after,
    )
