"""What is kept about a client, as they read it in their own pages: their words, who wrote them down, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.errors import NotYours
from clients.models import AboutLine, Client, How, Identity, Topic, Visibility
from clients.selectors.staff import named_by


@dataclass(frozen=True)
class MyLine:
    """Words on one topic. Without `shown` they are kept and on no screen, this one neither. `by` is '' for oneself."""

    topic: Topic
    words: str
    visibility: Visibility
    by: str
    how: str
    at: datetime
    shown: bool


@dataclass(frozen=True)
class MyAbout:
    """Everything on the page *About me*."""

    client: Client
    identity: Identity
    lines: dict[Topic, MyLine]
    seen: datetime


def my_about(client_id: UUID) -> MyAbout:
    """What is kept about the client of these pages. Two queries."""
    client = Client.objects.filter(client_id=client_id).select_related("identity").first()
    if client is None or not hasattr(client, "identity"):
        raise NotYours
    identity: Identity = client.identity
    rows = AboutLine.objects.filter(client_id=client_id, ended_at=None).annotate(who=named_by("written_by"))
    return MyAbout(client, identity, {Topic(row.topic): _line(row, row.who or "") for row in rows}, identity.changed_at)


def _line(row: AboutLine, who: str) -> MyLine:
    shown = row.visibility != Visibility.NO_SCREEN
    return MyLine(
        topic=Topic(row.topic),
        words=row.words if shown else "",
        visibility=Visibility(row.visibility),
        by=who,
        how=str(How(row.how).label),
        at=row.written_at,
        shown=shown,
    )
