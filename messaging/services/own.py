"""What a client keeps to themself, or shows: that they have read something, and what they found or made (MSG-5)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from careplan.access.actor import Actor
from careplan.canonical import clean_text
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from messaging.models import OwnResource, ReadMark, Resource
from messaging.services.change import Change, begin_change

LONGEST_TITLE, LONGEST_TEXT = 200, 10_000


def mark_read(*, client_id: UUID, resource_id: UUID, shown: bool, by: Actor) -> None:
    """Keeps that the client has read it, and whether staff see that. Nobody is told of a mark that isn't shown."""
    change = _by_the_client(client_id, by)
    if not Resource.objects.filter(client_id=client_id, id=resource_id).exists():
        raise NotYours
    mark = ReadMark.objects.filter(client_id=client_id, resource_id=resource_id, person_id=change.by).first()
    before = mark.shown if mark else False
    if before != shown:
        _tell(change, "resource.read_shown" if shown else "resource.read_hidden", resource_id)
    if mark is None:
        ReadMark.objects.create(
            **change.keys, id=uuid7(), resource_id=resource_id, person_id=change.by, shown=shown, at=change.at
        )
    elif before != shown:
        ReadMark.objects.filter(id=mark.id).update(shown=shown)


def add_own(*, client_id: UUID, title: str, text: str, shown: bool, by: Actor) -> OwnResource:
    """Something of the client's own, shown to their care team or kept to themself. Raises Refused without a title."""
    change = _by_the_client(client_id, by)
    named, said = " ".join(clean_text(title).split()), clean_text(text).strip()
    if not named:
        raise Refused(_("Give it a name, so that you find it again."))
    if len(named) > LONGEST_TITLE or len(said) > LONGEST_TEXT:
        raise Refused(_("This is longer than can be kept here."))
    own = OwnResource.objects.create(
        **change.keys, person_id=change.by, title=named, text=said, shown=shown, at=change.at
    )
    if shown:
        _tell(change, "resource.own_shown", own.id)
    return own


def show_own(*, client_id: UUID, own_id: UUID, shown: bool, by: Actor) -> None:
    """Shows something of the client's own, or stops showing it."""
    change = _by_the_client(client_id, by)
    own = OwnResource.objects.filter(client_id=client_id, id=own_id, person_id=change.by).first()
    if own is None:
        raise NotYours
    if own.shown != shown:
        _tell(change, "resource.own_shown" if shown else "resource.own_hidden", own_id)
        OwnResource.objects.filter(id=own_id).update(shown=shown)


def _by_the_client(client_id: UUID, by: Actor) -> Change:
    change = begin_change(client_id=client_id, by=by)
    if not change.by_client:
        raise NotYours
    return change


def _tell(change: Change, kind: str, object_id: UUID) -> None:
    record(kind=kind, client_id=change.client_id, object_type="resource", object_id=object_id)
