"""Reminders as they are read: the client's terms, what waits, what went wrong; and the gate's last question (REM-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import connection

from careplan.access.models import Member
from careplan.outgoing.gate import Carried
from careplan.outgoing.models import Outgoing, OutgoingState
from clients.models import Contact
from messaging.models import Contract, Reminder
from messaging.reminding import WHY, By, ReminderKind, ReminderState
from plans.selectors.acting import now

MOST = 30
NOT_KNOWN = "It was being handed over when the program was cut off. Nobody knows whether it left; it is not sent twice."


def reminder_may_leave(message: Outgoing, carried: Carried) -> str:
    """A code for why a reminder may not go now; '' for everything else. One query."""
    kind, _sep, rest = message.key.partition(":")
    if kind != "reminder":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("select guard.reminder_may_leave(%s)", [rest.partition(":")[0]])
        why: str = cursor.fetchone()[0]
    return why


@dataclass(frozen=True)
class TermsNow:
    """The client's terms as they stand, with what the ways lead to; `said` is False while they have said none."""

    said: bool
    kinds: tuple[str, ...]
    channel: str
    quiet_from: time | None
    quiet_until: time | None
    most_a_week: int
    paused_until: datetime | None
    stopped: bool
    phone_ends: str
    email: str

    @property
    def ways(self) -> list[tuple[str, str]]:
        """Which ways there are to choose from: those with an address, and none."""
        there = {By.TEXT: bool(self.phone_ends), By.EMAIL: bool(self.email), By.CALENDAR: True, By.NONE: True}
        return [(way.value, str(way.label)) for way in By if there[way] or way == self.channel]

    @property
    def kinds_in_words(self) -> list[str]:
        """The chosen kinds, as they are read."""
        return [str(kind.label) for kind in ReminderKind if kind in self.kinds]

    @property
    def channel_in_words(self) -> str:
        """The chosen way."""
        return str(By(self.channel).label)


def terms_of(client_id: UUID, person_id: UUID | None) -> TermsNow:
    """Somebody's terms in an opened record. Two queries."""
    row = Contract.objects.filter(client_id=client_id, person_id=person_id).first() if person_id else None
    contact = Contact.objects.filter(client_id=client_id).first()
    phone = contact.phone[-4:] if contact and contact.text_ok else ""
    email = contact.email if contact and contact.email_ok else ""
    if row is None:
        usual = By.TEXT if phone else By.EMAIL if email else By.NONE
        quiet = (contact.quiet_from, contact.quiet_until) if contact else (None, None)
        most = contact.most_a_week if contact and contact.most_a_week else 3
        kinds = (ReminderKind.SESSION, ReminderKind.SOMETHING_NEW)
        return TermsNow(False, kinds, usual, *quiet, most, None, False, phone, email)
    paused = row.paused_until if row.paused_until and row.paused_until > now() else None
    return TermsNow(
        True,
        tuple(row.kinds),
        row.channel,
        row.quiet_from,
        row.quiet_until,
        row.most_a_week,
        paused,
        row.stopped,
        phone,
        email,
    )


@dataclass(frozen=True)
class ReminderLine:
    """One reminder and what came of it."""

    kind: str
    at: datetime
    outcome: str
    failed: bool


@dataclass(frozen=True)
class RemindersOfRecord:
    """A client's terms, read only, and their latest reminders."""

    terms: TermsNow
    lines: tuple[ReminderLine, ...]


def reminders_of(client_id: UUID) -> RemindersOfRecord:
    """What staff see. Five queries; needs contact opened."""
    person = Member.objects.filter(client_id=client_id, until=None).order_by("since").first()
    rows = list(Reminder.objects.filter(client_id=client_id).order_by("-due_at")[:MOST])
    sent = _outcomes(rows)
    lines = tuple(_line(row, sent.get(_key(row))) for row in rows)
    return RemindersOfRecord(terms_of(client_id, person.person_id if person else None), lines)


def _key(row: Reminder) -> str:
    return f"reminder:{row.id}:{row.tries}"


def _outcomes(rows: Sequence[Reminder]) -> dict[str, Outgoing]:
    keys = [_key(row) for row in rows if row.tries]
    return {sent.key: sent for sent in Outgoing.objects.filter(key__in=keys).only("key", "state", "why")}


def _line(row: Reminder, sent: Outgoing | None) -> ReminderLine:
    if row.state == ReminderState.DROPPED:
        said = f"Not sent. {WHY.get(row.why, '')}".strip()
    elif row.state == ReminderState.OUT and sent:
        said = NOT_KNOWN if sent.why == "not_known" else str(sent.get_state_display())
    else:
        said = "Waiting"
    return ReminderLine(str(row.get_kind_display()), row.not_before, said, _failed(sent))


def _failed(sent: Outgoing | None) -> bool:
    return sent is not None and sent.state == OutgoingState.FAILED
