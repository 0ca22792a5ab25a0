"""What is offered to a client and how it stands (MSG-5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from careplan.accounts.models import StaffMember
from messaging.kinds import ResourceChoice
from messaging.library import Piece, newest, piece_of
from messaging.models import Message, Offering, OwnResource, ReadMark, Recall, Resource, ResourceAnswer
from messaging.selectors.lines import Line, lines_of
from messaging.selectors.opened import ensure_opened
from plans.kinds import CLIENT_SIDE

KEPT = (ResourceChoice.KEEP, ResourceChoice.LATER)


@dataclass(frozen=True)
class Offered:
    """One piece in the version that was given, why it was offered, and what the client last said to it.

    `choice` is '' while nothing was said. `read` is None, or whether the mark is shown: of marks that this reader sees.
    """

    resource_id: UUID
    offering_id: UUID
    piece: Piece
    choice: str
    answered_at: datetime | None
    said: str
    replied: bool
    taken_back: bool
    read: bool | None
    note: str
    about: str
    by: UUID
    who: str
    at: datetime

    @property
    def waiting(self) -> bool:
        """Whether the client has said nothing yet, or asked to hear more: it is still before them."""
        return self.choice in ("", ResourceChoice.TELL_ME_MORE)

    @property
    def kept(self) -> bool:
        """Whether it stands among what the client kept, now or for later."""
        return self.choice in KEPT

    @property
    def may_be_taken_back(self) -> bool:
        """Whether taking it back would change anything: what was kept or declined is settled."""
        return not self.taken_back and self.choice not in (ResourceChoice.KEEP, ResourceChoice.NOT_FOR_ME)

    @property
    def choice_words(self) -> str:
        """The choice as people read it."""
        return str(ResourceChoice(self.choice).label) if self.choice else ""


@dataclass(frozen=True)
class Own:
    """Something of the client's own; staff see it only while it is shown."""

    id: UUID
    title: str
    text: str
    shown: bool
    at: datetime


@dataclass(frozen=True)
class Resources:
    """Everything offered to a client, newest first, and what they show or keep of their own."""

    offered: tuple[Offered, ...]
    own: tuple[Own, ...]

    @property
    def before_the_client(self) -> tuple[Offered, ...]:
        """What is offered and not decided."""
        return tuple(each for each in self.offered if each.waiting and not each.taken_back)

    @property
    def kept(self) -> tuple[Offered, ...]:
        """What the client keeps, now or for later."""
        return tuple(each for each in self.offered if each.kept and not each.taken_back)

    @property
    def declined(self) -> tuple[Offered, ...]:
        """What the client said is not for them."""
        return tuple(each for each in self.offered if each.choice == ResourceChoice.NOT_FOR_ME)

    @property
    def not_again(self) -> frozenset[str]:
        """The keys of pieces that are not offered again: declined, still before the client, or kept."""
        return frozenset(each.piece.key for each in self.offered if not each.taken_back)

    def get(self, resource_id: UUID) -> Offered | None:
        """One of them, or None."""
        return next((each for each in self.offered if each.resource_id == resource_id), None)


def resources_of(client_id: UUID, lines: Mapping[UUID, Line] | None = None) -> Resources:
    """The resources of an opened record. Raises NotYours when messages are not opened.

    Five queries; three when the `lines` of the plan are there already.
    """
    ensure_opened(client_id)
    told = lines_of(client_id) if lines is None else lines
    own = OwnResource.objects.filter(client_id=client_id).order_by("-at", "-id")
    return Resources(
        tuple(_offered(row, told) for row in _with_answers(client_id)),
        tuple(Own(row.id, row.title, row.text, row.shown, row.at) for row in own),
    )


def open_counts(client_id: UUID) -> dict[str, int]:
    """How many are before the client, and about how many the care team was asked for more. One query."""
    standing = [row for row in _with_answers(client_id) if not row.taken_back]
    asked = [row for row in standing if row.choice == ResourceChoice.TELL_ME_MORE and not _replied(row)]
    return {"offered": sum(row.choice is None for row in standing), "more_asked": len(asked)}


def unanswered(client_id: UUID) -> list[UUID]:
    """What is offered and the client has said nothing to. One query; needs messages opened."""
    mine = OuterRef("pk")
    gone, said = Recall.objects.filter(resource_id=mine), ResourceAnswer.objects.filter(resource_id=mine)
    waiting = Resource.objects.filter(~Exists(gone), ~Exists(said), client_id=client_id)
    return list(waiting.values_list("id", flat=True))


@dataclass(frozen=True)
class Title:
    """What an offered piece is called, and whether it still stands in the client's pages."""

    text: str
    stands: bool


def titles_of(client_id: UUID) -> dict[UUID, Title]:
    """What each resource is called, the newest first. One query."""
    gone = Exists(Recall.objects.filter(resource_id=OuterRef("pk")))
    rows = Resource.objects.filter(client_id=client_id).annotate(gone=gone).order_by("-offering_id", "position")
    found = rows.values_list("id", "piece", "version", "gone")
    return {resource_id: Title(piece_of(piece, version).title, not gone) for resource_id, piece, version, gone in found}


def resources_to_tuck(client_id: UUID) -> list[tuple[str, str]]:
    """Every offered piece by its id, with what it is called. One query."""
    return [(str(resource_id), title.text) for resource_id, title in titles_of(client_id).items()]


def choosable(keys: Iterable[str]) -> tuple[Piece, ...]:
    """These pieces in their newest version. Raises NotYours for one that the library does not have."""
    return tuple(newest(key) for key in keys)


def _with_answers(client_id: UUID) -> list[Any]:
    """The newest offers first, each resource with the last answer to it and whatever else is told of it. One query."""
    mine = OuterRef("pk")
    answers = ResourceAnswer.objects.filter(resource_id=mine).order_by("-at", "-id")
    about = Message.objects.filter(about_resource_id=mine, automatic=False).exclude(role__in=CLIENT_SIDE)
    offerer = StaffMember.objects.filter(person_id=OuterRef("offering__by_id")).order_by("-since")
    rows = Resource.objects.filter(client_id=client_id).select_related("offering")
    return list(
        rows.annotate(
            choice=Subquery(answers.values("choice")[:1]),
            answered_at=Subquery(answers.values("at")[:1]),
            said=Subquery(answers.values("words")[:1]),
            taken_back=Exists(Recall.objects.filter(resource_id=mine)),
            written_at=Subquery(about.order_by("-at").values("at")[:1]),
            read=Subquery(ReadMark.objects.filter(resource_id=mine).values("shown")[:1]),
            who=Subquery(offerer.values("first_name")[:1]),
        ).order_by("-offering__at", "-offering_id", "position")
    )


def _replied(row: Any) -> bool:
    return None not in (row.written_at, row.answered_at) and row.written_at > row.answered_at


def _offered(row: Any, lines: Mapping[UUID, Line]) -> Offered:
    offering: Offering = row.offering
    line = lines.get(offering.about_item_id) if offering.about_item_id else None
    return Offered(
        resource_id=row.id,
        offering_id=row.offering_id,
        piece=piece_of(row.piece, row.version),
        choice=row.choice or "",
        answered_at=row.answered_at,
        said=row.said or "",
        replied=_replied(row),
        taken_back=row.taken_back,
        read=row.read,
        note=offering.note,
        about=line.title if line else offering.about_words,
        by=offering.by_id,
        who=row.who or "",
        at=offering.at,
    )
