"""Charges: made of kept sessions, made ready, held, released, sent (BILL-2, BILL-6)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from careplan.access.actor import Actor, Hat
from careplan.access.classes import DataClass
from careplan.accounts.licence_model import Licence
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.services.change import Change, begin_change
from plans.billing.kinds import CHANGEABLE, ChargeState
from plans.billing.moves import CHARGE_MOVES
from plans.models import Charge, ClinicianNumber, ServiceCode
from plans.models.billing import OPTIONAL_CODE
from plans.selectors.authorisations import authorisation_for
from plans.selectors.readiness import Readiness, of_charge, readiness
from plans.services.billing import begin_with

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
    """What may be put right: before a charge is sent, or in the new one that corrects what was sent back."""

    service_code: str
    modifier: str = ""
    units: int = 1
    place: str = ""
    rendering: UUID | None = None
    diagnosis_codes: Sequence[str] = field(default_factory=tuple)


def charge_session(*, client_id: UUID, session: KeptSession, by: Actor, charge_id: UUID | None = None) -> Charge:
    """The charge of a session that no calendar told, made now or when it was told before; ready when nothing blocks it.

    `charge_id` is the form's own: sent twice it is one charge. Raises Refused for a day that has not been yet.
    """
    change = _begin(client_id, by)
    there = _told_before(client_id, session, charge_id)
    if there is not None:
        return there
    if session.service_on > timezone.localdate(change.at):
        raise Refused("That day is still to come. A session is charged once it took place.")
    begin_with(change)
    service = _service(change, session.service_code, session.modifier)
    numbers = _numbers(change, session.service_on, session.rendering, session.supervising)
    made = Charge.objects.create(
        id=charge_id or uuid7(),
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
    """The charge with its facts put right, looked at again. Raises Refused once it was sent: correct that instead."""
    change = _begin(client_id, by)
    row = _find(client_id, charge_id)
    if row.sent_at is not None or row.state not in CHANGEABLE:
        raise Refused("What was sent is not edited. When it is sent back, correct it with a new charge.")
    begin_with(change)
    _write(row, **_columns(row, changes, change))
    _tell("charge.changed", row)
    _settle(row, change)
    return row


def correct_charge(*, client_id: UUID, charge_id: UUID, changes: ChargeChanges, by: Actor) -> Charge:
    """A new charge, put right, in the stead of one that was sent back; the old row stays. Raises Refused."""
    change = _begin(client_id, by)
    old = _find(client_id, charge_id)
    if old.state != ChargeState.REJECTED:
        raise Refused("Only a charge that was sent back is corrected.")
    there = Charge.objects.filter(client_id=client_id, corrects=old).first()
    if there is not None:
        return there
    kept = {column: getattr(old, column) for column in COPIED}
    stamps = {"state_at": change.at, "state_by": change.by, "made_at": change.at, "made_by": change.by}
    put_right = _columns(old, changes, change)
    made = Charge.objects.create(id=uuid7(), **change.keys, **(kept | put_right), corrects=old, **stamps)
    _tell("charge.made", made, after=ChargeState.PLANNED)
    _settle(made, change)
    return made


COPIED = (
    *("session_id", "service_on", "starts_at", "minutes"),
    *("rendering_id", "rendering_npi", "rendering_licence", "supervising_id", "supervising_npi", "supervising_licence"),
)


def leave_out_charge(*, client_id: UUID, charge_id: UUID, by: Actor) -> Charge:
    """The charge, not billable from now on: a first talk that costs nothing, say. Raises Refused once it was sent."""
    change = _begin(client_id, by)
    row = _find(client_id, charge_id)
    if row.sent_at is not None:
        raise Refused("It was sent. Ask whoever has it to send it back.")
    move = CHARGE_MOVES.apply(row, "leave_out", state_at=change.at, state_by=change.by)
    _tell("charge.moved", row, before=move.source, after=move.to)
    return row


def decide_held(*, client_id: UUID, charge_ids: Iterable[UUID], send: bool, by: Actor) -> int:
    """How many held charges the client has decided about: “send these” or “I’ll pay”. Nobody else decides."""
    if by.hat is not Hat.CLIENT:
        raise NotYours
    begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    rows = Charge.objects.filter(client_id=client_id, id__in=set(charge_ids), state=ChargeState.HELD)
    reasons = {str(row.id): _in_the_way(row) if send else [] for row in rows}
    with connection.cursor() as cursor:
        cursor.execute(
            "select plans_decide_held(%s, %s, %s, %s)", [client_id, list(reasons), send, json.dumps(reasons)]
        )
        return int(cursor.fetchone()[0])


def _in_the_way(row: Charge) -> list[str]:
    return [str(code) for code in _readiness_of(row, let_go=True).blocking]


def _readiness_of(row: Charge, *, let_go: bool) -> Readiness:
    return of_charge(readiness(client_id=row.client_id, on=row.service_on, to=row.held_for, let_go=let_go), row.id)


def hand_over(charge_ids: Iterable[UUID], *, to: str = "") -> list[UUID]:
    """Those that were sent now: to software by its reading them, or by staff `to` a recipient, in a file."""
    with connection.cursor() as cursor:
        cursor.execute("select plans_hand_over(%s, %s)", [list(charge_ids), to])
        return list(cursor.fetchone()[0])


def hold_ended() -> int:
    """How many charges are held since the clock passed the end of their permission: for a job of nobody's."""
    with connection.cursor() as cursor:
        cursor.execute("select plans_hold_ended()")
        return int(cursor.fetchone()[0])


def _begin(client_id: UUID, by: Actor) -> Change:
    return begin_change(client_id=client_id, data_class=BILLING, by=by)


def _find(client_id: UUID, charge_id: UUID) -> Charge:
    row = Charge.objects.filter(client_id=client_id, id=charge_id).first()
    if row is None:
        raise NotYours
    return row


def _told_before(client_id: UUID, session: KeptSession, charge_id: UUID | None) -> Charge | None:
    rows = Charge.objects.filter(client_id=client_id, corrects=None)
    if session.session_id is not None:
        return rows.filter(session_id=session.session_id).first()
    return rows.filter(id=charge_id).first() if charge_id else None


def _columns(row: Charge, changes: ChargeChanges, change: Change) -> dict[str, Any]:
    """A charge’s columns once its facts are put right. Raises Refused without a service of the list."""
    service = _service(change, changes.service_code, changes.modifier)
    if service is None:
        raise Refused("Choose a service from the practice’s list.")
    rendering = changes.rendering or row.rendering_id
    numbers = _numbers(change, row.service_on, rendering)
    return {
        "service_code": service.code,
        "modifier": service.modifier,
        "units": changes.units,
        "place": changes.place,
        "fee": service.fee * changes.units,
        "currency": service.currency,
        "diagnosis_codes": list(changes.diagnosis_codes),
        **_clinician("rendering", rendering, numbers),
    }


def _service(change: Change, code: str, modifier: str) -> ServiceCode | None:
    if not code:
        return None
    return ServiceCode.objects.filter(
        practice_id=change.practice_id, code=code, modifier=modifier, retired_at=None
    ).first()


def _numbers(change: Change, on: date, *people: UUID | None) -> dict[UUID, tuple[str, str]]:
    """NPI and licence, as they were on the day, of whoever took part, by person."""
    there = {person for person in people if person}
    of_practice = {"practice_id": change.practice_id, "person_id__in": there}
    npis = dict(ClinicianNumber.objects.filter(**of_practice).values_list("person_id", "npi"))
    still = Q(expires_on=None) | Q(expires_on__gte=on)
    held = Licence.objects.filter(still, **of_practice, ended_at=None).order_by("added_at")
    licences = dict(held.values_list("person_id", "number"))
    return {person: (npis.get(person, ""), as_code(licences.get(person, ""))) for person in there}


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
    """Ready when nothing blocks; else planned, with the reasons. What was sent or decided stays where it is."""
    if row.sent_at is not None or row.state not in CHANGEABLE:
        return
    authorisation = authorisation_for(row)
    changed = _write(row, authorisation_id=authorisation.id if authorisation else None)
    found = _readiness_of(row, let_go=row.released)
    codes = row.diagnosis_codes or [each["code"] for each in found.facts["diagnoses"]]
    changed |= _write(row, reasons=[str(code) for code in found.blocking], diagnosis_codes=codes)
    verb = "make_ready" if row.service_code and not found.blocking else "put_back"
    if row.state != ChargeState.HELD and CHARGE_MOVES.can(row.state, verb):
        move = CHARGE_MOVES.apply(row, verb, state_at=change.at, state_by=change.by)
        _tell("charge.moved", row, before=move.source, after=move.to)
    elif changed:
        _tell("charge.changed", row)


def _write(row: Charge, **columns: Any) -> bool:
    """Writes what is new of these; says whether anything was."""
    new = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if new:
        Charge.objects.filter(id=row.id).update(**new)
    for name, value in new.items():
        setattr(row, name, value)
    return bool(new)


def _tell(kind: str, row: Charge, *, before: str = "", after: str = "") -> None:
    record(
        kind=kind,
        client_id=row.client_id,
        object_type="charge",
        object_id=row.id,
        before=before,
        after=after,
    )
