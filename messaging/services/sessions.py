"""The calendar's verbs: book, ask, answer, move, cancel, settle; each a function of the database (APPT-1, adr/0013)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.accounts.roles import Role
from careplan.canonical import clean_text
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.selectors.staff import at_work, holds_role
from clients.services.change import begin_change, clean_line
from messaging.models import Agenda, CalendarRules, Session, SessionLine
from messaging.selectors.calendar import Rules, session_for
from messaging.selectors.timing import at_clock
from messaging.services.calling import call
from messaging.sessions import SESSION_MOVES, Modality, SessionState, Side
from plans.models import Item
from plans.selectors.acting import now

LONGEST_SERIES = 26
LONGEST = timedelta(hours=8)
ARRANGES = (Role.FRONT_DESK, Role.MANAGER, Role.PRACTICE_LEAD)


@dataclass(frozen=True)
class When:
    """A time by a clock: the day, the time of day, how many minutes."""

    on: date
    at: time
    minutes: int

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Beginning and end. Raises Refused for a time that the clock jumps over, or too long a one."""
        length = timedelta(minutes=self.minutes)
        if not timedelta(0) < length <= LONGEST:
            raise Refused(_("A session is between one minute and eight hours long."))
        starts = at_clock(self.on, self.at, zone)
        return starts, starts + length


@dataclass(frozen=True)
class Where:
    """How people meet: in which room, or under which link."""

    modality: Modality = Modality.IN_PERSON
    place: str = ""
    link: str = ""

    def cleaned(self) -> Where:
        """As it is kept. Raises Refused for a link that is none."""
        link = clean_line(self.link)
        if link and not link.startswith("https://"):
            raise Refused(_("A link for a video session begins with https://"))
        return replace(self, place=clean_line(self.place), link=link)


@dataclass(frozen=True)
class Repeat:
    """A simple series: every so many weeks, so many times; at the same time of day by the clock."""

    weeks: int = 1
    times: int = 1


def book_session(
    *,
    client_id: UUID,
    clinician_id: UUID,
    when: When,
    where: Where,
    zone: ZoneInfo,
    by: Actor,
    repeat: Repeat = Repeat(),
) -> list[UUID]:
    """The ids of the booked sessions, all or none. Raises Refused with the sentence, NotYours for whoever may not."""
    at_work(by)
    if not 1 <= repeat.times <= LONGEST_SERIES or repeat.weeks not in (1, 2):
        raise Refused(_("A series is weekly or every two weeks, 26 times at most."))
    series = uuid7() if repeat.times > 1 else None
    days = [when.on + timedelta(weeks=repeat.weeks * number) for number in range(repeat.times)]
    where = where.cleaned()
    with transaction.atomic():
        return [_book(client_id, clinician_id, replace(when, on=day), where, zone, series) for day in days]


def _book(client_id: UUID, clinician_id: UUID, when: When, where: Where, zone: ZoneInfo, series: UUID | None) -> UUID:
    session_id, (starts, ends) = uuid7(), when.moments(zone)
    try:
        call(
            "session_book",
            [session_id, client_id, clinician_id, starts, ends, where.modality, where.place, where.link, series],
        )
    except Refused as refused:
        if series is None:
            raise
        raise Refused(f"{when.on:%B} {when.on.day}: {refused.sentence}") from refused
    return session_id


def ask_for_session(*, client_id: UUID, clinician_id: UUID, starts: datetime, minutes: int, by: Actor) -> UUID:
    """The id of what a client asks for; nothing is held until it is answered. Raises Refused or NotYours."""
    session_id = uuid7()
    ends = starts + timedelta(minutes=minutes)
    call("session_ask", [session_id, client_id, clinician_id, starts, ends, Modality.IN_PERSON])
    return session_id


def answer_asked(*, session_id: UUID, accept: bool, by: Actor, where: Where = Where()) -> None:
    """Books a time that was asked for, or says that it isn’t possible. Raises Refused or NotYours."""
    there = session_for(session_id)
    SESSION_MOVES.move(there.state, "accept" if accept else "turn_down")
    where = where.cleaned()
    call("session_answer", [session_id, accept, where.place, where.link])


def move_session(
    *,
    session_id: UUID,
    starts: datetime,
    minutes: int,
    by: Actor,
    clinician_id: UUID | None = None,
    where: Where | None = None,
) -> None:
    """Moves a booked session. A client does so until the practice’s notice begins. Raises Refused or NotYours."""
    there = session_for(session_id)
    SESSION_MOVES.move(there.state, "move")
    kept = where.cleaned() if where else Where(Modality(there.modality), there.place, there.link)
    ends = starts + timedelta(minutes=minutes)
    clinician = clinician_id or there.clinician_id
    call("session_move", [session_id, clinician, starts, ends, kept.modality, kept.place, kept.link])


def cancel_session(*, session_id: UUID, by: Actor, whose: Side = Side.PRACTICE) -> None:
    """Cancels it and gives the time back; a client always may. Raises Refused or NotYours."""
    SESSION_MOVES.move(session_for(session_id).state, "cancel")
    call("session_cancel", [session_id, whose])


def settle_session(*, session_id: UUID, kept: bool, by: Actor) -> None:
    """Says that it took place, or that the client did not come; can be put right. Raises Refused or NotYours."""
    state = session_for(session_id).state
    wanted = SessionState.KEPT if kept else SessionState.DID_NOT_ATTEND
    if state == wanted:
        return
    SESSION_MOVES.move(state, "keep" if kept else "miss")
    call("session_settle", [session_id, wanted])


def hold_time(*, clinician_id: UUID, when: When, held_for: str, zone: ZoneInfo, by: Actor) -> UUID:
    """The id of time that is held for something without a client. Raises Refused or NotYours."""
    words, (starts, ends) = clean_line(held_for), when.moments(zone)
    if not words:
        raise Refused(_("Say what the time is held for."))
    slot_id = uuid7()
    call("slot_hold", [slot_id, clinician_id, starts, ends, words])
    return slot_id


def release_time(*, slot_id: UUID, by: Actor) -> None:
    """Gives held time back. Raises NotYours."""
    call("slot_release", [slot_id])


def say_rules(*, rules: Rules, by: Actor) -> None:
    """What clients may do with the calendar from now on. Raises Refused, or NotYours for whoever may not say."""
    person_id, practice_id = at_work(by)
    if not holds_role(by, ARRANGES):
        raise NotYours
    if not rules.weekdays or rules.opens >= rules.closes:
        raise Refused(_("The calendar is open on at least one day, and closes after it opens."))
    said = {**vars(rules), "weekdays": sorted(rules.weekdays), "said_at": now(), "said_by_id": person_id}
    CalendarRules.objects.update_or_create(
        practice_id=practice_id, defaults=said, create_defaults={**said, "id": uuid7()}
    )


def link_lines(*, session_id: UUID, client_id: UUID, items: Collection[UUID], by: Actor) -> None:
    """Which lines of the plan a session is for, as they are now; needs the plan opened to write. Raises NotYours."""
    change = begin_change(client_id=client_id, data_class=DataClass.PLAN, by=by)
    _ensure_theirs(session_id, client_id)
    if Item.objects.filter(client_id=client_id, id__in=items).count() != len(set(items)):
        raise NotYours
    stamp = {"by_id": change.by, "at": change.at}
    there = {line.item_id: line for line in SessionLine.objects.filter(client_id=client_id, session_id=session_id)}
    wanted = set(items)
    if wanted == {item for item, line in there.items() if line.linked}:
        return
    for item, line in there.items():
        if line.linked != (item in wanted):
            SessionLine.objects.filter(pk=line.pk).update(linked=item in wanted, **stamp)
    new = [SessionLine(**change.keys, session_id=session_id, item_id=item, **stamp) for item in wanted - set(there)]
    SessionLine.objects.bulk_create(new)
    record(kind="session.lines_linked", client_id=client_id, object_type="session", object_id=session_id)


def write_agenda(*, session_id: UUID, client_id: UUID, words: str, by: Actor) -> None:
    """What the client would like to talk about: theirs, changed as often as they like until it has been."""
    change = begin_change(client_id=client_id, data_class=DataClass.MESSAGE, by=by)
    there = _ensure_theirs(session_id, client_id)
    if there.state not in (SessionState.ASKED, SessionState.BOOKED):
        raise Refused(_("This one is over. You can write a message."))
    said = {"words": clean_text(words).strip(), "at": change.at}
    Agenda.objects.update_or_create(
        client_id=client_id,
        session_id=session_id,
        person_id=change.by,
        defaults=said,
        create_defaults={**said, "id": uuid7(), "practice_id": change.practice_id},
    )
    record(kind="session.agenda_written", client_id=client_id, object_type="session", object_id=session_id)


def _ensure_theirs(session_id: UUID, client_id: UUID) -> Session:
    there = session_for(session_id)
    if there.client_id != client_id:
        raise NotYours
    return there
