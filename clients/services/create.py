"""Beginning a client's record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import IntegrityError

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRelationship, CareRole
from careplan.access.services import create_record
from careplan.accounts.models import Person, Practice
from careplan.accounts.roles import Role
from careplan.errors import Conflict, NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.consents.cards import current_cards
from clients.models import Client, ClientStatus, ClientSummary, Contact, Identity
from clients.places import is_a_place
from clients.selectors.staff import holds_role
from clients.services.change import Change, begin_change, clean_line
from clients.services.contact import ContactRules, contact_columns

MAY_ADD = (Role.THERAPIST, Role.PRACTICE_LEAD, Role.TRAINEE, Role.SUPERVISOR)


@dataclass(frozen=True)
class NewClient:
    """What is asked to begin with: a name is enough. An empty place is the practice's own.

    `client_id` is made with the form, so that the same form sent twice begins one record.
    """

    name_used: str
    pronouns: str = ""
    say_it: str = ""
    language: str = ""
    country: str = ""
    time_zone: str = ""
    birth_date: date | None = None
    legal_name: str = ""
    contact: ContactRules = field(default_factory=ContactRules)
    client_id: UUID = field(default_factory=uuid7)


def may_add_clients(by: Actor) -> bool:
    """Says whether this person may begin a record: the rule the button is hidden by."""
    return holds_role(by, MAY_ADD)


def create_client(*, new: NewClient, by: Actor, via: str = "service:create_client") -> UUID:
    """The id of a new record, led by the actor, with its directory line, identity, contact rules and summary.

    Runs inside the actor's transaction (`acting`); the record is open in it. Raises Refused with a sentence for a
    name or a place that can't be kept, NotYours for somebody whose role begins no records.
    """
    if by.practice_id is None or not may_add_clients(by):
        raise NotYours
    name, (country, time_zone) = named(new.name_used), placed(new.country, new.time_zone, by.practice_id)
    contact = contact_columns(new.contact)
    if Client.objects.filter(client_id=new.client_id).exists():
        return new.client_id
    client_id = _begin(new, by.practice_id, by, via)
    change = begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    _write_directory(change, new, name, country, time_zone)
    Identity.objects.create(
        **change.keys,
        legal_name=clean_line(new.legal_name),
        birth_date=new.birth_date,
        changed_at=change.at,
        changed_by=change.by,
    )
    Contact.objects.create(**change.keys, **contact, changed_at=change.at, changed_by=change.by)
    _begin_summary(change)
    record(kind="client.added", client_id=client_id, object_type="client", object_id=client_id, after="active")
    return client_id


def _begin(new: NewClient, practice_id: UUID, by: Actor, via: str) -> UUID:
    person = Person.objects.create()
    try:
        return create_record(practice_id=practice_id, members=[person.id], by=by, via=via, client_id=new.client_id)
    except IntegrityError as taken:
        raise Conflict("This client has just been added. They are in the list.") from taken


def _write_directory(change: Change, new: NewClient, name: str, country: str, time_zone: str) -> None:
    Client.objects.create(
        **change.keys,
        name_used=name,
        pronouns=clean_line(new.pronouns),
        say_it=clean_line(new.say_it),
        language=clean_line(new.language),
        country=country,
        time_zone=time_zone,
        changed_at=change.at,
        changed_by=change.by,
    )


def _begin_summary(change: Change) -> None:
    leads = CareRelationship.objects.filter(client_id=change.client_id, role=CareRole.LEAD, until=None)
    ClientSummary.objects.create(
        **change.keys, status=ClientStatus.ACTIVE, lead_count=leads.count(), cards_in_all=len(current_cards())
    )


def named(name_used: str) -> str:
    """The name as it is kept. Raises Refused for none."""
    name = clean_line(name_used)
    if not name:
        raise Refused("Write the name they use. Any name is fine.")
    return name


def placed(country: str, time_zone: str, practice_id: UUID) -> tuple[str, str]:
    """The country and clock, the practice's own when none is said. Raises Refused for a clock of elsewhere."""
    if not country and not time_zone:
        return Practice.objects.values_list("country", "time_zone").get(id=practice_id)
    if not is_a_place(country, time_zone):
        raise Refused("Choose where they live from the list.")
    return country, time_zone
