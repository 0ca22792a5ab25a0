"""Letting a client know that there is something, without a word about what (MSG-3, REM-3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from careplan.access.models import Member
from careplan.accounts.models import User
from careplan.outgoing import Channel, Recipient, cancel, enqueue
from careplan.outgoing.models import Outgoing, OutgoingState
from clients.models import ConsentKind, Contact
from messaging.services.change import Change
from messaging.words import SOMETHING_NEW
from plans.selectors.people import zone_of

WEEK = timedelta(days=7)


def tell_there_is_something(change: Change) -> None:
    """Puts one neutral notice out to leave, at most one on the client's own day; the contact rules decide whether.

    None without an account to read in, without a channel they said yes to, or beyond what they want in a week; in
    their quiet time it waits until that ends. The gate asks the rules again when it sends.
    """
    person = _reader(change.client_id)
    contact = Contact.objects.filter(client_id=change.client_id).first()
    to = _recipient(person, contact) if person and contact else None
    if to is None or contact is None or _had_enough(to, contact, change.at):
        return
    zone = zone_of(change.client_id)
    enqueue(
        kind=SOMETHING_NEW.kind,
        to=to,
        key=f"something_new:{person}:{change.at.astimezone(zone).date()}",
        practice_id=change.practice_id,
        link="/my/",
        due_at=not_before(change.at, contact, zone),
    )


def take_back_notices(client_id: UUID, kind: str, recipient: str) -> None:
    """With the yes to messages, texts or e-mail goes every notice that has not left yet (CONS-4), at once."""
    if kind not in (ConsentKind.PORTAL_MESSAGES, ConsentKind.TEXTS, ConsentKind.EMAIL):
        return
    for person in Member.objects.filter(client_id=client_id).values_list("person_id", flat=True):
        cancel(keys_begin=f"something_new:{person}:", why="consent_ended")


def _reader(client_id: UUID) -> UUID | None:
    members = Member.objects.filter(client_id=client_id, until=None).values("person_id")
    readers = User.objects.filter(person_id__in=members, is_active=True).order_by("created_at")
    return readers.values_list("person_id", flat=True).first()


def _recipient(person: UUID, contact: Contact) -> Recipient | None:
    if contact.do_not_contact:
        return None
    if contact.text_ok and contact.phone:
        return Recipient(person, Channel.TEXT, contact.phone)
    if contact.email_ok and contact.email:
        return Recipient(person, Channel.EMAIL, contact.email)
    return None


def _had_enough(to: Recipient, contact: Contact, at: datetime) -> bool:
    if contact.most_a_week is None:
        return False
    told = Outgoing.objects.filter(person_id=to.person_id, kind=SOMETHING_NEW.kind, made_at__gt=at - WEEK)
    return told.exclude(state=OutgoingState.CANCELLED).count() >= contact.most_a_week


def not_before(at: datetime, contact: Contact, zone: ZoneInfo) -> datetime | None:
    """The end of the client's quiet time when it is quiet now; None when it may go at once."""
    since, until, local = contact.quiet_from, contact.quiet_until, at.astimezone(zone)
    if since is None or until is None:
        return None
    now = local.time()
    quiet = since <= now < until if since <= until else now >= since or now < until
    if not quiet:
        return None
    day = local.date() if now < until else local.date() + timedelta(days=1)
    return datetime.combine(day, until, zone)
