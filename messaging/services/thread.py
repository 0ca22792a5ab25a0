"""Writing in a thread: a message is sent once, in one's own name, and stays as it was sent (MSG-1, MSG-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from careplan.access.actor import Actor
from careplan.accounts.models import Practice
from careplan.canonical import clean_text
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from messaging.models import Message, MessageDraft, Resource, Seen, Session
from messaging.selectors.front import ThreadFront
from messaging.selectors.hours import NOBODY, Hours, hours_of
from messaging.selectors.sending import ensure_may_send
from messaging.selectors.team import readers_of
from messaging.services.change import Change, begin_change, write_message_head
from messaging.services.notice import tell_there_is_something
from plans.models import Item

LONGEST = 10_000


@dataclass(frozen=True)
class About:
    """What a message is about: a line of the plan, a resource that was offered, or a session; nothing is fine."""

    item_id: UUID | None = None
    resource_id: UUID | None = None
    session_id: UUID | None = None


def send_message(*, client_id: UUID, text: str, by: Actor, key: UUID, about: About | None = None) -> Message:
    """The message as sent; the same `key` again gives the one that is there. Raises Refused, or NotYours.

    Outside the hours in which messages are read the client is told so in the thread, once until they are read again.
    """
    said = _sayable(text)
    change = begin_change(client_id=client_id, by=by)
    there = Message.objects.filter(client_id=client_id, author_id=change.by, sent_key=key).first()
    if there is not None:
        return there
    ensure_may_send(client_id, by_client=change.by_client)
    about = about or About()
    _ensure_theirs(client_id, about)
    sent = Message.objects.create(
        **change.keys,
        author_id=change.by,
        role=change.role,
        text=said,
        about_item_id=about.item_id,
        about_resource_id=about.resource_id,
        about_session_id=about.session_id,
        sent_key=key,
        at=change.at,
    )
    record(kind="message.sent", client_id=client_id, object_type="message", object_id=sent.id, after=change.role)
    if change.by_client:
        _say_when_nobody_reads(change)
    else:
        tell_there_is_something(change)
    MessageDraft.objects.filter(client_id=client_id, person_id=change.by).update(text="", at=change.at)
    write_message_head(change)
    return sent


def keep_message_draft(*, client_id: UUID, text: str, by: Actor) -> None:
    """Keeps what is typed and not sent, for its writer alone (UI-5)."""
    change = begin_change(client_id=client_id, by=by)
    kept = {"text": clean_text(text), "at": change.at}
    MessageDraft.objects.update_or_create(
        client_id=client_id,
        person_id=change.by,
        defaults=kept,
        create_defaults={**kept, "id": uuid7(), "practice_id": change.practice_id},
    )


def mark_seen(*, front: ThreadFront, by: Actor) -> None:
    """Keeps how many of the other side's messages have been on this person's screen. No event: it is nobody else's."""
    if by.person_id is None:
        raise NotYours
    if front.seen == front.from_other_side:
        return
    seen = Seen(
        client_id=front.client_id,
        practice_id=front.practice_id,
        person_id=by.person_id,
        seen=front.from_other_side,
        at=front.now,
    )
    Seen.objects.bulk_create(
        [seen], update_conflicts=True, update_fields=["seen", "at"], unique_fields=["client_id", "person"]
    )


def _sayable(text: str) -> str:
    said = clean_text(text).strip()
    if not said:
        raise Refused(_("There is nothing written yet."))
    if len(said) > LONGEST:
        raise Refused(_("This is too long for one message. Please send it in two."))
    return said


def _ensure_theirs(client_id: UUID, about: About) -> None:
    named = ((Item, about.item_id), (Resource, about.resource_id), (Session, about.session_id))
    for model, row_id in named:
        if row_id and not model._default_manager.filter(client_id=client_id, id=row_id).exists():
            raise NotYours


def _say_when_nobody_reads(change: Change) -> None:
    reader = next(iter(readers_of(change.client_id)), None)
    zone = ZoneInfo(Practice.objects.values_list("time_zone", flat=True).get(id=change.practice_id))
    hours = hours_of(change.practice_id, reader.person_id) if reader else None
    quiet_since = hours.quiet_since(change.at, zone) if hours else _day_of(change.at, zone)
    told = Message.objects.filter(client_id=change.client_id, quiet_since=quiet_since, automatic=True)
    if quiet_since is None or told.exists():
        return
    safe = _("If you might not be safe, please don’t wait: use Need help now.")
    words = _out_of_hours(reader.name, hours) if reader and hours else f"{_('Thank you, this has arrived.')} {NOBODY}"
    reply = Message.objects.create(
        **change.keys, text=f"{words} {safe}", automatic=True, quiet_since=quiet_since, at=change.at
    )
    record(kind="message.answered_by_itself", client_id=change.client_id, object_type="message", object_id=reply.id)


def _out_of_hours(name: str, hours: Hours) -> str:
    arrived = _("Thank you, this has arrived. It came outside the hours when messages are read.")
    return f"{arrived} {hours.sentence(name)}"


def _day_of(at: datetime, zone: ZoneInfo) -> datetime:
    """The beginning of the day it is there: while nobody reads at all, that is said once a day."""
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
