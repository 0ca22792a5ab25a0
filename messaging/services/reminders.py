"""Reminders: the client's own terms, the sweep that puts out what may go, and STOP (REM-1, REM-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ids import uuid7
from careplan.ledger import record
from careplan.outgoing import Channel, Recipient, enqueue
from clients.services.change import begin_change
from messaging.models import Contract
from messaging.reminding import By, ReminderKind
from messaging.stopping import person_of, stop_token
from messaging.words import OF_KIND
from plans.selectors.people import zone_of

BATCH = 25
LAST_RUN = "reminders:last_run"
STOP_WORDS = {"STOP", "STOPALL", "STOP ALL", "END", "CANCEL", "QUIT", "UNSUBSCRIBE"}
LINKS = {ReminderKind.SESSION: "/my/appointments/"}


@dataclass(frozen=True)
class Terms:
    """What a client wants: which kinds, by which way, when not, how many a week, paused through which day."""

    kinds: Sequence[str]
    channel: str
    quiet_from: time | None = None
    quiet_until: time | None = None
    most_a_week: int = 3
    paused_through: date | None = None


@dataclass(frozen=True)
class Going:
    """One reminder that may go now."""

    id: UUID
    practice_id: UUID
    person_id: UUID
    kind: str
    tries: int
    channel: str
    address: str
    starts_at: datetime | None
    zone: str

    @property
    def when(self) -> str:
        """“Thu 5:30 pm”, by the person's own clock; '' when it is about no moment."""
        if self.starts_at is None:
            return ""
        local = self.starts_at.astimezone(ZoneInfo(self.zone))
        return f"{local:%a} {local.strftime('%I:%M %p').lstrip('0').lower()}"


def say_terms(*, client_id: UUID, terms: Terms, by: Actor) -> None:
    """Keeps the client's terms; what waits is looked at again at once. Raises Refused, or NotYours for anybody else."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONTACT, by=by)
    if (terms.quiet_from is None) != (terms.quiet_until is None):
        raise Refused(_("A quiet time needs both its beginning and its end."))
    if (
        set(terms.kinds) - set(ReminderKind.values)
        or terms.channel not in By.values
        or not 1 <= terms.most_a_week <= 14
    ):
        raise Refused(_("Please choose from what is listed."))
    said = {
        "kinds": sorted(set(terms.kinds)),
        "channel": terms.channel,
        "quiet_from": terms.quiet_from,
        "quiet_until": terms.quiet_until,
        "most_a_week": terms.most_a_week,
        "paused_until": _end_of(terms.paused_through, zone_of(client_id)),
        "stopped": False,
        "at": change.at,
    }
    Contract.objects.update_or_create(
        client_id=client_id,
        person_id=change.by,
        defaults=said,
        create_defaults={**said, "id": uuid7(), "practice_id": change.practice_id},
    )
    record(kind="reminders.said", client_id=client_id, object_type="contract")


def _end_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day + timedelta(days=1), time(), zone) if day else None


def stop_reminders(*, token: str) -> bool:
    """Stops every reminder to the person of this link, once and for all until they say otherwise; False for no link."""
    person_id = person_of(token)
    if person_id is None:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select guard.reminders_stop(%s)", [person_id])
    return True


def stop_by_text(*, number: str, words: str) -> bool:
    """Stops every reminder to whoever is reached by this number, when the reply says so; False for any other reply."""
    if words.strip(" .!").upper() not in STOP_WORDS:
        return False
    digits = "".join(sign for sign in number if sign.isdigit())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select guard.reminders_stop_number(%s)", [digits])
    return True


def run_reminders() -> int:
    """How many were put out: plans what falls due, then takes batch after batch until nothing is left to take."""
    plan_reminders()
    put_out = 0
    while True:
        taken = put_out_batch()
        put_out += taken
        if not taken:
            cache.set(LAST_RUN, timezone.now(), timeout=None)
            return put_out


def plan_reminders() -> int:
    """How many rows were made for what falls due soon; a second time makes none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select guard.reminders_plan()")
        made: int = cursor.fetchone()[0]
    return made


def put_out_batch(limit: int = BATCH) -> int:
    """How many reminders left for the gate. One transaction: a row that is put out has its message, or neither is."""
    with transaction.atomic():
        going = _take(limit)
        for each in going:
            enqueue(
                kind=OF_KIND[ReminderKind(each.kind)].kind,
                to=Recipient(each.person_id, Channel(each.channel), each.address),
                key=f"reminder:{each.id}:{each.tries}",
                practice_id=each.practice_id,
                link=LINKS.get(ReminderKind(each.kind), "/my/"),
                when=each.when,
                stop=f"/stop/{stop_token(each.person_id)}/",
            )
    return len(going)


def _take(limit: int) -> list[Going]:
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.reminders_take(%s)", [limit])
        return [Going(*row) for row in cursor.fetchall()]
