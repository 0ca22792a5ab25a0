"""Writing down what was told to somebody outside: on a consent, by law or in an emergency (CONS-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.canonical import clean_text
from careplan.errors import Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.models import Basis, ConsentKind, Disclosure, Through
from clients.selectors.first_day import pack_here
from clients.selectors.permits import permits
from clients.services.asking import end_of_day
from clients.services.change import Change, begin_change, clean_line


@dataclass(frozen=True)
class Telling:
    """One telling. On a consent it names the kinds of information; by law or in an emergency a ground of the pack.

    `goes_on_until`: the law asks for it again until that day (a court order, say). `withheld_until`: the client reads
    it from the day after.
    """

    what: str
    recipient: str
    why: str
    basis: str
    scope: Sequence[DataClass] = ()
    purpose: ConsentKind = ConsentKind.RELEASE
    basis_code: str = ""
    facts: str = ""
    told_to: str = ""
    through: str = Through.SPOKEN
    told_on: datetime | None = None
    supervisor_told: str = ""
    withheld_until: date | None = None
    withheld_why: str = ""
    goes_on_until: date | None = None


def record_disclosure(*, client_id: UUID, telling: Telling, by: Actor) -> UUID:
    """The id of the disclosure that is now in the record. Raises Refused where there is no ground for it."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    row = _row(change, telling)
    if row.basis == Basis.CONSENT:
        row.consent_id = _consent_for(change, telling, row.recipient)
    else:
        _ensure_ground(change, telling, row)
    row.save(force_insert=True)
    if telling.goes_on_until is not None:
        _mandate(change, row, telling.goes_on_until)
    _tell(change, row)
    return row.id


def _row(change: Change, telling: Telling) -> Disclosure:
    said = {name: clean_text(getattr(telling, name)) for name in ("what", "why", "facts", "withheld_why")}
    lines = {name: clean_line(getattr(telling, name)) for name in ("recipient", "told_to", "supervisor_told")}
    if not (said["what"] and said["why"] and lines["recipient"]):
        raise Refused("Write what was told, to whom, and why.")
    told_on = telling.told_on or change.at
    if told_on > change.at:
        raise Refused("It can’t have been told at a time that is still to come.")
    return Disclosure(
        **change.keys,
        **said,
        **lines,
        scope=sorted(map(str, telling.scope)),
        basis=Basis(telling.basis),
        basis_code=telling.basis_code if telling.basis != Basis.CONSENT else "",
        through=Through(telling.through),
        told_on=told_on,
        withheld_until=end_of_day(change.client_id, telling.withheld_until) if telling.withheld_until else None,
        made_at=change.at,
        made_by=change.by,
    )


def _consent_for(change: Change, telling: Telling, recipient: str) -> UUID:
    """The consent that covers every kind of information it names."""
    if not telling.scope:
        raise Refused("Say which kinds of information were told.")
    if telling.withheld_until or telling.goes_on_until:
        raise Refused("What was told on the client’s own yes is open to them at once.")
    answers = [
        permits(client_id=change.client_id, purpose=telling.purpose, recipient=recipient, data_class=each)
        for each in telling.scope
    ]
    refused = next((answer for answer in answers if answer.consent_id is None or not answer.allowed), None)
    if refused is not None:
        raise Refused("There is no yes that covers this: ask for one, or name the law or the emergency.")
    return UUID(str(answers[0].consent_id))


def _ensure_ground(change: Change, telling: Telling, row: Disclosure) -> None:
    pack = pack_here(change.client_id)
    ground = pack.ground(telling.basis_code)
    if ground is None or ground.basis != row.basis:
        raise Refused("Choose the ground it stands on.")
    if not row.facts:
        raise Refused("Write the facts it stands on.")
    if bool(row.withheld_until) != bool(row.withheld_why):
        raise Refused("To hold it back from the client needs both a reason and a day on which that ends.")
    if row.withheld_until is not None and row.withheld_until <= change.at:
        raise Refused("The day until which it is held back has passed already.")
    row.pack = pack.name


def _mandate(change: Change, row: Disclosure, last_day: date) -> None:
    """What the law asks for again: the decision permits it to this recipient, for these kinds, until then."""
    until = end_of_day(change.client_id, last_day)
    if row.basis != Basis.LAW or not row.scope or until <= change.at:
        raise Refused("To go on until a day, it needs the law as its ground, kinds of information and a day to come.")
    with connection.cursor() as cursor:
        cursor.execute(
            "select guard.record_mandate(%s, %s, %s, %s, %s::text[], %s, %s)",
            [uuid7(), change.client_id, row.id, row.recipient, row.scope, row.basis_code, until],
        )


def _tell(change: Change, row: Disclosure) -> None:
    record(
        kind="disclosure.withheld" if row.withheld_until else "disclosure.recorded",
        client_id=change.client_id,
        object_type="disclosure",
        object_id=row.id,
        after=row.basis,
    )
