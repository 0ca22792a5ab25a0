"""What is kept about a client and who is around them, as its reader may see it (CLIENT-1, CLIENT-3, CLIENT-4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.errors import NotYours
from clients.models import (
    AboutLine,
    Client,
    Contact,
    How,
    Identity,
    MayKnow,
    PersonAround,
    Told,
    Topic,
    Visibility,
)
from clients.places import place_name
from clients.selectors.caring import may_read
from clients.selectors.head import RecordHead


@dataclass(frozen=True)
class Line:
    """The words on one topic. `shown` is False where the client wants them off this reader's screen: no words then."""

    topic: Topic
    words: str
    visibility: Visibility
    how: str
    at: datetime | None
    shown: bool

    @property
    def label(self) -> str:
        """What the line is about."""
        return str(self.topic.label)


@dataclass(frozen=True)
class AboutClient:
    """Everything about a client that this reader may see."""

    client: Client
    identity: Identity
    lines: dict[Topic, Line]
    birth_date: date | None
    birth_date_shown: bool
    interpreter_shown: bool
    seen: datetime

    @property
    def place(self) -> str:
        """Where they live, as people say it."""
        return place_name(self.client.country, self.client.time_zone)


def about_client(head: RecordHead) -> AboutClient:
    """What is kept about the client of an opened record. Two queries. Raises NotYours."""
    client = Client.objects.filter(client_id=head.client_id).select_related("identity").first()
    if client is None or not hasattr(client, "identity"):
        raise NotYours
    identity: Identity = client.identity
    birth_date_shown = may_read(identity.birth_date_visibility, head.roles)
    return AboutClient(
        client=client,
        identity=identity,
        lines={line.topic: line for line in about_lines(head)},
        birth_date=identity.birth_date if birth_date_shown else None,
        birth_date_shown=birth_date_shown,
        interpreter_shown=may_read(identity.interpreter_visibility, head.roles),
        seen=identity.changed_at,
    )


def about_lines(head: RecordHead, topics: Iterable[Topic] = Topic) -> list[Line]:
    """The current lines in the order of their topics. Words this reader may not see are not in them. One query."""
    wanted = list(topics)
    rows = AboutLine.objects.filter(client_id=head.client_id, ended_at=None, topic__in=wanted)
    there = {Topic(row.topic): row for row in rows}
    return [_line(there[topic], head) for topic in wanted if topic in there]


def _line(row: AboutLine, head: RecordHead) -> Line:
    shown = may_read(row.visibility, head.roles)
    return Line(
        topic=Topic(row.topic),
        words=row.words if shown else "",
        visibility=Visibility(row.visibility),
        how=str(How(row.how).label),
        at=row.written_at,
        shown=shown,
    )


@dataclass(frozen=True)
class PersonLine:
    """Somebody around the client."""

    id: UUID
    name: str
    relation: str
    may_know: tuple[str, ...]
    knows: Told
    emergency_contact: bool
    may_be_called: Told
    phone: str
    since: datetime


def people_around(client_id: UUID) -> list[PersonLine]:
    """Who is around the client now, emergency contacts first. One query."""
    rows = PersonAround.objects.filter(client_id=client_id, ended_at=None)
    return [_person(row) for row in rows.order_by("-emergency_contact", "name", "id")]


def person_around(client_id: UUID, person_around_id: UUID) -> PersonAround:
    """One line to change. One query. Raises NotYours for another record's, or one that was taken off."""
    row = PersonAround.objects.filter(client_id=client_id, id=person_around_id, ended_at=None).first()
    if row is None:
        raise NotYours
    return row


def _person(row: PersonAround) -> PersonLine:
    return PersonLine(
        id=row.id,
        name=row.name,
        relation=row.relation,
        may_know=tuple(str(MayKnow(each).label) for each in row.may_know),
        knows=Told(row.knows_they_are_listed),
        emergency_contact=row.emergency_contact,
        may_be_called=Told(row.may_be_called),
        phone=row.phone,
        since=row.added_at,
    )


def contact_of(client_id: UUID) -> Contact:
    """How the client is reached. One query. Raises NotYours where this opening doesn't show it."""
    row = Contact.objects.filter(client_id=client_id).first()
    if row is None:
        raise NotYours
    return row
