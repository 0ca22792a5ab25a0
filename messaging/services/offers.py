"""Offering resources, taking them back, and what the client says to them (MSG-5): offered, not assigned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from messaging.kinds import ResourceChoice
from messaging.library import Piece
from messaging.models import Offering, Recall, Resource, ResourceAnswer
from messaging.selectors.lines import lines_of
from messaging.selectors.offers import choosable, resources_of
from messaging.selectors.sending import ensure_may_send
from messaging.services.change import Change, begin_change, write_message_head
from messaging.services.notice import tell_there_is_something
from plans.kinds import Pace
from plans.selectors.pace import pace_now
from plans.selectors.people import name_of_client

FEWEST, MOST = 2, 3
LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Offer:
    """Which pieces, why, and for what: a line of the plan, or a worry in words."""

    pieces: tuple[str, ...]
    note: str
    item_id: UUID | None = None
    worry: str = ""


def offer_resources(*, client_id: UUID, offer: Offer, by: Actor) -> Offering:
    """The offering, before the client from now on. Raises Refused with the sentence that says what is missing.

    Not without the client's yes to being written to here, not while they are just listening (PLAN-20), and nothing that
    they said is not for them, or that lies before them or is kept already.
    """
    change = begin_change(client_id=client_id, by=by)
    if change.by_client:
        raise NotYours
    pieces = choosable(dict.fromkeys(offer.pieces))
    note, worry = clean_text(offer.note).strip(), clean_text(offer.worry).strip()
    _ensure_complete(pieces, note, offer.item_id, worry)
    ensure_may_send(client_id, by_client=False)
    _ensure_wanted(client_id, pieces)
    if offer.item_id and offer.item_id not in lines_of(client_id):
        raise NotYours
    offering = Offering.objects.create(
        **change.keys,
        by_id=change.by,
        note=note,
        about_item_id=offer.item_id,
        about_words="" if offer.item_id else worry,
        at=change.at,
    )
    Resource.objects.bulk_create(_given(change, offering, pieces))
    _tell(change, "resource.offered", "offering", offering.id)
    tell_there_is_something(change)
    return offering


def recall_resource(*, client_id: UUID, resource_id: UUID, by: Actor) -> None:
    """Takes one piece back that the client has not kept. Twice is once. Raises Refused when they have kept it."""
    change = begin_change(client_id=client_id, by=by)
    offered = resources_of(client_id).get(resource_id)
    if offered is None or change.by_client:
        raise NotYours
    if offered.taken_back:
        return
    if offered.choice == ResourceChoice.KEEP:
        name = name_of_client(client_id)
        raise Refused(f"{name} has kept this. It belongs to {name} now, and can’t be taken back.")
    Recall.objects.create(**change.keys, resource_id=resource_id, by_id=change.by, at=change.at)
    _tell(change, "resource.recalled", "resource", resource_id)


def answer_resource(*, client_id: UUID, resource_id: UUID, choice: str, words: str = "", by: Actor) -> None:
    """What the client says to one piece; the same again changes nothing. Raises Conflict when it was taken back."""
    change = begin_change(client_id=client_id, by=by)
    offered = resources_of(client_id).get(resource_id)
    if offered is None or not change.by_client:
        raise NotYours
    if offered.taken_back:
        raise Conflict(_("This was taken back just before you answered. There is nothing you need to do."))
    said = clean_text(words).strip()[:LONGEST_NOTE]
    if (offered.choice, offered.said) == (choice, said):
        return
    ResourceAnswer.objects.create(
        **change.keys,
        resource_id=resource_id,
        person_id=change.by,
        choice=ResourceChoice(choice),
        words=said,
        at=change.at,
    )
    _tell(change, "resource.answered", "resource", resource_id, before=offered.choice, after=choice)


def _ensure_complete(pieces: Sequence[Piece], note: str, item_id: UUID | None, worry: str) -> None:
    if not FEWEST <= len(pieces) <= MOST:
        raise Refused(_("Offer two or three, so that there is something to choose from."))
    if not note:
        raise Refused(_("Write a line about why you offer these."))
    if len(note) > LONGEST_NOTE:
        raise Refused(_("Keep the note short enough to read on a phone."))
    if item_id is None and not worry:
        raise Refused(_("Say what these are for: a goal, or a worry."))


def _ensure_wanted(client_id: UUID, pieces: Sequence[Piece]) -> None:
    pace = pace_now(client_id=client_id)
    if pace.pace is Pace.LISTENING:
        raise Refused(pace.sentence)
    there = resources_of(client_id)
    declined = {each.piece.key for each in there.declined}
    for piece in pieces:
        if piece.key in declined:
            raise Refused(f"“{piece.title}” was not for them. It won’t be offered again unless they ask.")
        if piece.key in there.not_again:
            raise Refused(f"“{piece.title}” has been offered already.")


def _given(change: Change, offering: Offering, pieces: Sequence[Piece]) -> list[Resource]:
    return [
        Resource(
            **change.keys,
            id=uuid7(),
            offering=offering,
            piece=piece.key,
            version=piece.version,
            language=piece.language,
            sha256=piece.sha256,
            position=position,
        )
        for position, piece in enumerate(pieces)
    ]


def _tell(change: Change, kind: str, object_type: str, object_id: UUID, *, before: str = "", after: str = "") -> None:
    record(
        kind=kind,
        client_id=change.client_id,
        object_type=object_type,
        object_id=object_id,
        before=before,
        after=after,
    )
    write_message_head(change)
