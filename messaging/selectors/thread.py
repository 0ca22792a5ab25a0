"""A thread as one of its people has it on screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Q, When
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careplan.access.actor import Actor
from clients.selectors.permits import Permission
from messaging.models import Message, Session
from messaging.selectors.front import ThreadFront, thread_front
from messaging.selectors.hours import NOBODY
from messaging.selectors.lines import Line, lines_of
from messaging.selectors.offers import Title, titles_of
from messaging.selectors.sending import may_send, staff_reason
from messaging.sessions import SessionState
from plans.kinds import CLIENT_SIDE
from plans.selectors.people import SOMEBODY

LATEST = 200
BEGINS = 60
AROUND = timedelta(days=14)
TALKED_ABOUT = (SessionState.ASKED, SessionState.BOOKED, SessionState.KEPT)


@dataclass(frozen=True)
class Said:
    """One message. `about` is a title, with the id of the line or resource that it opens."""

    id: UUID
    text: str
    at: datetime
    who: str
    mine: bool
    from_client: bool
    automatic: bool
    about: str
    about_item_id: UUID | None
    about_resource_id: UUID | None
    about_session_id: UUID | None
    delivered: bool


@dataclass(frozen=True)
class Thread:
    """What was said, what stands around it, and what a message could be about."""

    front: ThreadFront
    said: tuple[Said, ...]
    lines: tuple[Line, ...]
    resources: tuple[tuple[UUID, str], ...]
    sessions: tuple[tuple[UUID, str], ...]
    permission: Permission

    @property
    def allowed(self) -> bool:
        """Whether messages may be sent now."""
        return self.permission.allowed

    @property
    def not_allowed(self) -> str:
        """Why not, in words for staff."""
        return staff_reason(self.permission)

    @property
    def client_id(self) -> UUID:
        """Whose record."""
        return self.front.client_id

    @property
    def reader(self) -> str:
        """Who reads first what the client writes."""
        return self.front.readers[0].name if self.front.readers else _("Your care team")

    @property
    def hours(self) -> str:
        """When they read and how soon they usually answer, in a sentence; or that nobody does."""
        return self.front.hours.sentence(self.reader) if self.front.readers else str(NOBODY)

    @property
    def also(self) -> str:
        """Who else reads, in sentences; nothing when nobody does."""
        others = self.front.readers[1:]
        beside = [reader.name for reader in others if not reader.covers]
        covering = [reader.name for reader in others if reader.covers]
        words = [_("So does %s.") % " and ".join(beside)] if beside else []
        if covering:
            names = {"cover": " and ".join(covering), "reader": self.reader}
            words.append(_("So does %(cover)s, if %(reader)s is away.") % names)
        return " ".join(words)


def thread_of(client_id: UUID, by: Actor) -> Thread:
    """The thread of an opened record. Raises NotYours when its messages are not opened.

    Seven queries, however long the thread is; the latest messages when there are very many.
    """
    front = thread_front(client_id, by)
    rows = list(Message.objects.filter(client_id=client_id).order_by("-at", "-id")[:LATEST])[::-1]
    lines, resources = lines_of(client_id), titles_of(client_id)
    near, sessions = _sessions(client_id, front.now, {row.about_session_id for row in rows if row.about_session_id})
    told = _Told(by, front, lines, resources, sessions)
    return Thread(
        front=front,
        said=tuple(map(told.said, rows)),
        lines=tuple(line for line in lines.values() if line.title and line.on_table),
        resources=tuple((each, title.text) for each, title in resources.items() if title.stands),
        sessions=tuple((each, sessions[each]) for each in near),
        permission=may_send(client_id),
    )


def _sessions(client_id: UUID, now: datetime, named: set[UUID]) -> tuple[list[UUID], dict[UUID, str]]:
    """The sessions around now, and what those and the `named` ones are called. One query."""
    near = Q(starts_at__gt=now - AROUND, starts_at__lt=now + 2 * AROUND, state__in=TALKED_ABOUT)
    rows = Session.objects.filter(client_id=client_id).filter(near | Q(id__in=named)).order_by("starts_at")
    found = list(rows.annotate(near=Case(When(near, then=True), default=False)).values_list("id", "starts_at", "near"))
    return [each for each, _at, is_near in found if is_near], {each: _called(at) for each, at, _near in found}


def _called(at: datetime) -> str:
    return _("The session on %(day)s") % {"day": date_format(localtime(at), "l, F j")}


@dataclass(frozen=True)
class _Told:
    by: Actor
    front: ThreadFront
    lines: dict[UUID, Line]
    resources: dict[UUID, Title]
    sessions: dict[UUID, str]

    def said(self, row: Message) -> Said:
        """One row as this reader reads it."""
        from_client = row.role in CLIENT_SIDE
        return Said(
            id=row.id,
            text=row.text,
            at=row.at,
            who=self._who(row, from_client=from_client),
            mine=row.author_id is not None and row.author_id == self.by.person_id,
            from_client=from_client,
            automatic=row.automatic,
            about=self._about(row),
            about_item_id=row.about_item_id,
            about_resource_id=row.about_resource_id if self._stands(row) else None,
            about_session_id=row.about_session_id,
            delivered=self.front.account_since is not None,
        )

    def _stands(self, row: Message) -> bool:
        title = self.resources.get(row.about_resource_id) if row.about_resource_id else None
        return title is not None and title.stands

    def _who(self, row: Message, *, from_client: bool) -> str:
        if row.automatic or row.author_id is None:
            return _("Automatic reply")
        return self.front.client_name if from_client else self.front.staff.get(row.author_id, SOMEBODY)

    def _about(self, row: Message) -> str:
        if row.about_item_id:
            line = self.lines.get(row.about_item_id)
            return line.title if line else ""
        if row.about_session_id:
            return self.sessions.get(row.about_session_id, "")
        title = self.resources.get(row.about_resource_id) if row.about_resource_id else None
        return title.text if title else ""


def messages_to_tuck(client_id: UUID) -> list[tuple[str, str]]:
    """The latest messages by id, each with its day and how it begins. One query."""
    rows = Message.objects.filter(client_id=client_id, automatic=False).order_by("-at", "-id")[:LATEST]
    return [(str(row.id), f"{date_format(localtime(row.at), 'j F, H:i')}: {row.text[:BEGINS]}") for row in rows]
