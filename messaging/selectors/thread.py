"""A thread as one of its people has it on screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from careplan.access.actor import Actor, Hat
from careplan.access.models import Member
from careplan.accounts.models import StaffMember, User
from messaging.models import Message, MessageDraft
from messaging.selectors.hours import hours_of
from messaging.selectors.lines import Line, lines_of
from messaging.selectors.offers import Title, titles_of
from messaging.selectors.opened import ensure_opened
from messaging.selectors.sending import may_send
from messaging.selectors.team import Reader, readers_of
from plans.kinds import CLIENT_SIDE
from plans.selectors.people import SOMEBODY, name_of_client

LATEST = 200


@dataclass(frozen=True)
class Said:
    """One message. `about` is a title, with the id of the line or resource that it opens."""

    text: str
    at: datetime
    who: str
    mine: bool
    from_client: bool
    automatic: bool
    about: str
    about_item_id: UUID | None
    about_resource_id: UUID | None
    delivered: bool


@dataclass(frozen=True)
class Thread:
    """What was said, who reads, when they answer, and what this person has typed and not sent."""

    client_id: UUID
    practice_id: UUID
    client_name: str
    said: tuple[Said, ...]
    readers: tuple[Reader, ...]
    hours: str
    draft: str
    lines: tuple[Line, ...]
    resources: tuple[tuple[UUID, str], ...]
    allowed: bool
    account_since: datetime | None
    from_other_side: int

    @property
    def reader(self) -> str:
        """Who reads first what the client writes."""
        return self.readers[0].name if self.readers else _("Your care team")

    @property
    def also(self) -> str:
        """Who else reads, in a sentence; nothing when nobody does."""
        beside = [reader.name for reader in self.readers[1:] if not reader.covers]
        covering = [reader.name for reader in self.readers[1:] if reader.covers]
        words = [_("So does %s.") % " and ".join(beside)] if beside else []
        words += (
            [_("So does %(cover)s, if %(reader)s is away.") % {"cover": " and ".join(covering), "reader": self.reader}]
            if covering
            else []
        )
        return " ".join(words)


def thread_of(client_id: UUID, by: Actor) -> Thread:
    """The thread of an opened record. Raises NotYours when its messages are not opened.

    A fixed number of queries, however long the thread is; the latest messages when there are very many.
    """
    practice_id = ensure_opened(client_id)
    rows = list(Message.objects.filter(client_id=client_id).order_by("-at", "-id")[:LATEST])[::-1]
    name, since = name_of_client(client_id), account_since(client_id)
    lines, resources = lines_of(client_id), titles_of(client_id)
    readers = readers_of(client_id)
    told = _Told(by, name, since, _staff(rows), lines, resources)
    said = tuple(map(told.said, rows))
    hours = hours_of(practice_id, readers[0].person_id if readers else None)
    return Thread(
        client_id=client_id,
        practice_id=practice_id,
        client_name=name,
        said=said,
        readers=tuple(readers),
        hours=hours.sentence(readers[0].name if readers else _("Your care team")),
        draft=MessageDraft.objects.filter(client_id=client_id).values_list("text", flat=True).first() or "",
        lines=tuple(line for line in lines.values() if line.title and line.on_table),
        resources=tuple((each, title.text) for each, title in resources.items() if title.stands),
        allowed=may_send(client_id),
        account_since=since,
        from_other_side=_from_other_side(client_id, by),
    )


def account_since(client_id: UUID) -> datetime | None:
    """Since when the client can read here; None while nobody has an account. One query."""
    people = Member.objects.filter(client_id=client_id, until=None).values("person_id")
    return User.objects.filter(person_id__in=people).order_by("created_at").values_list("created_at", flat=True).first()


@dataclass(frozen=True)
class _Told:
    by: Actor
    client_name: str
    since: datetime | None
    staff: dict[UUID, str]
    lines: dict[UUID, Line]
    resources: dict[UUID, Title]

    def said(self, row: Message) -> Said:
        """One row as this reader reads it."""
        from_client = row.role in CLIENT_SIDE
        return Said(
            text=row.text,
            at=row.at,
            who=self._who(row, from_client=from_client),
            mine=row.author_id is not None and row.author_id == self.by.person_id,
            from_client=from_client,
            automatic=row.automatic,
            about=self._about(row),
            about_item_id=row.about_item_id,
            about_resource_id=row.about_resource_id if self._stands(row) else None,
            delivered=self.since is not None,
        )

    def _stands(self, row: Message) -> bool:
        title = self.resources.get(row.about_resource_id) if row.about_resource_id else None
        return title is not None and title.stands

    def _who(self, row: Message, *, from_client: bool) -> str:
        if row.automatic or row.author_id is None:
            return _("Automatic reply")
        return self.client_name if from_client else self.staff.get(row.author_id, SOMEBODY)

    def _about(self, row: Message) -> str:
        if row.about_item_id:
            line = self.lines.get(row.about_item_id)
            return line.title if line else ""
        title = self.resources.get(row.about_resource_id) if row.about_resource_id else None
        return title.text if title else ""


def _staff(rows: Iterable[Message]) -> dict[UUID, str]:
    people = {row.author_id for row in rows if row.author_id}
    return dict(StaffMember.objects.filter(person_id__in=people).values_list("person_id", "first_name"))


def _from_other_side(client_id: UUID, by: Actor) -> int:
    said = Message.objects.filter(client_id=client_id, automatic=False)
    if by.hat is Hat.STAFF:
        return said.filter(role__in=CLIENT_SIDE).count()
    return said.exclude(role__in=CLIENT_SIDE).count()
