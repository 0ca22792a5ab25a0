"""Whose messages somebody has not read yet: counts and dates alone, nothing is opened (MSG-2, ACC-2a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.access.seam import glance
from careplan.accounts.roles import Role
from clients import hooks
from clients.models import Client
from clients.selectors.caring import THEIR_THERAPIST, places_of, writes
from messaging.models import MessageHead, Seen

READS_MESSAGES = frozenset({Role.THERAPIST, Role.TRAINEE, Role.SUPERVISOR})
"""The roles in which somebody cares for clients; for anybody else there are no messages."""


@dataclass(frozen=True)
class Unread:
    """One client's thread from outside, for one reader."""

    client_id: UUID
    name: str
    unread: int
    wrote: datetime | None
    covered: bool
    more_asked: int


@dataclass(frozen=True)
class Inbox:
    """The threads of the clients somebody cares for: first those with something new, the newest first."""

    new: tuple[Unread, ...]
    rest: tuple[Unread, ...]


def inbox(by: Actor) -> Inbox:
    """The inbox. Three queries, however many clients there are."""
    threads = _threads(by)
    names = dict(
        Client.objects.filter(client_id__in=[each[0] for each in threads]).values_list("client_id", "name_used")
    )
    glance(clients=names, via="page:messaging:inbox")
    rows = [Unread(row[0], names[row[0]], *row[1:]) for row in threads if row[0] in names]
    new = [row for row in rows if row.unread]
    rest = [row for row in rows if not row.unread]
    return Inbox(
        tuple(sorted(new, key=lambda row: row.wrote.timestamp() if row.wrote else 0, reverse=True)),
        tuple(sorted(rest, key=lambda row: row.name)),
    )


def message_asks(by: Actor, clients: Sequence[UUID]) -> list[hooks.Ask]:
    """New messages, and what somebody would like to hear more about. One query."""
    asks: list[hooks.Ask] = []
    for client_id, unread, _wrote, covered, more in _threads(by):
        detail = "You cover" if covered else ""
        if unread:
            words = "a new message" if unread == 1 else f"{unread} new messages"
            asks.append(hooks.Ask(client_id, "{name}: " + words, "messaging:thread", "message-circle", detail))
        if more:
            asks.append(
                hooks.Ask(client_id, "{name} would like to hear more", "messaging:resources", "book-open", detail)
            )
    return [ask for ask in asks if ask.client_id in clients]


def _threads(by: Actor) -> list[tuple[UUID, int, datetime | None, bool, int]]:
    """From outside, the threads of those whom somebody writes to. One query."""
    mine = Seen.objects.filter(client_id=OuterRef("client_id"), person=by.person_id)
    caring = places_of(by).filter(client_id=OuterRef("client_id"))
    heads = MessageHead.objects.filter(client_id__in=places_of(by).values("client_id")).annotate(
        seen=Subquery(mine.values("seen")[:1]), roles=ArraySubquery(caring.values("role"))
    )
    return [
        (
            head.client_id,
            max(0, head.from_client - (head.seen or 0)),
            head.client_wrote,
            not THEIR_THERAPIST & set(head.roles),
            head.more_asked,
        )
        for head in heads
        if writes(map(CareRole, head.roles), DataClass.MESSAGE)
    ]
