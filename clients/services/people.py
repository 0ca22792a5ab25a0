"""The people around a client (CLIENT-4): added, changed, taken off by a date, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.errors import Conflict, NotYours, Refused
from careplan.ledger import record
from clients.models import MayKnow, PersonAround, Told
from clients.services.change import begin_change, clean_line, ensure_unmoved
from clients.services.contact import A_PHONE


@dataclass(frozen=True)
class Around:
    """Somebody around a client, as the client describes them."""

    name: str
    relation: str = ""
    may_know: Iterable[MayKnow] = ()
    knows_they_are_listed: Told = Told.NOT_ASKED
    emergency_contact: bool = False
    may_be_called: Told = Told.NOT_ASKED
    phone: str = ""


def add_person_around(*, client_id: UUID, around: Around, by: Actor) -> UUID:
    """The id of the new line."""
    columns = _columns(around)
    change = begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    row = PersonAround.objects.create(
        **change.keys,
        **columns,
        added_at=change.at,
        added_by=change.by,
        changed_at=change.at,
        changed_by=change.by,
    )
    _tell("person_around.added", row)
    return row.id


def edit_person_around(
    *, client_id: UUID, person_around_id: UUID, around: Around, by: Actor, seen: datetime | None = None
) -> None:
    """Keeps what is said now. Raises NotYours for a line of another record, Conflict when it moved or was taken off."""
    columns = _columns(around)
    change = begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    row = _line(client_id, person_around_id)
    ensure_unmoved(row.changed_at, seen)
    if all(getattr(row, name) == value for name, value in columns.items()):
        return
    PersonAround.objects.filter(id=row.id).update(**columns, changed_at=change.at, changed_by=change.by)
    _tell("person_around.changed", row)


def remove_person_around(*, client_id: UUID, person_around_id: UUID, by: Actor) -> None:
    """Ends the line today; what was kept stays in the record."""
    change = begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    row = _line(client_id, person_around_id)
    PersonAround.objects.filter(id=row.id).update(ended_at=change.at, ended_by=change.by)
    _tell("person_around.removed", row)


def _line(client_id: UUID, person_around_id: UUID) -> PersonAround:
    row = PersonAround.objects.filter(client_id=client_id, id=person_around_id).first()
    if row is None:
        raise NotYours
    if row.ended_at is not None:
        raise Conflict(_("This person has been taken off meanwhile."))
    return row


def _columns(around: Around) -> dict[str, object]:
    name, phone = clean_line(around.name), clean_line(around.phone)
    if not name:
        raise Refused(_("Write what they are called."))
    if phone and not A_PHONE.match(phone):
        raise Refused(_("That phone number has something in it that can’t be dialled."))
    if around.emergency_contact and around.may_be_called == Told.YES and not phone:
        raise Refused(_("An emergency contact who may be called needs a phone number."))
    return {
        "name": name,
        "relation": clean_line(around.relation),
        "may_know": sorted({MayKnow(each).value for each in around.may_know}),
        "knows_they_are_listed": around.knows_they_are_listed,
        "emergency_contact": around.emergency_contact,
        "may_be_called": around.may_be_called,
        "phone": phone,
    }


def _tell(kind: str, row: PersonAround) -> None:
    record(kind=kind, client_id=row.client_id, object_type="person_around", object_id=row.id)
