"""A client's own appointments: what comes next, what has been, times they could ask for (portal screens 2 and 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from careplan.access.actor import Actor
from careplan.accounts.models import StaffMember
from careplan.errors import NotYours
from messaging.models import Agenda, Session
from messaging.selectors.calendar import Rules, free_times, rules_of, zone_of_practice
from messaging.selectors.team import FIRST, readers_of
from messaging.sessions import Modality, SessionState
from plans.selectors.acting import now

COMING = (SessionState.BOOKED, SessionState.ASKED)
JOIN_BEFORE = timedelta(minutes=10)
MOST_PAST = 40


@dataclass(frozen=True)
class Appointment:
    """One appointment as the client reads it."""

    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    state: SessionState
    modality: Modality
    place: str
    link: str
    with_whom: str
    clinician_id: UUID
    cancelled_by_me: bool
    short_notice: bool
    may_move: bool
    may_cancel: bool
    may_join: bool

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def joins_from(self) -> datetime:
        """From when the link is worth opening."""
        return self.starts_at - JOIN_BEFORE


@dataclass(frozen=True)
class Appointments:
    """What comes, soonest first; what has been, latest first; and times to ask for."""

    coming: tuple[Appointment, ...]
    past: tuple[Appointment, ...]
    free: tuple[datetime, ...]
    with_id: UUID | None
    with_whom: str
    rules: Rules
    zone: ZoneInfo


def appointments_of(client_id: UUID, practice_id: UUID) -> Appointments:
    """Everything on the page. Eight queries."""
    rules, at, zone = rules_of(practice_id), now(), zone_of_practice(practice_id)
    rows = list(Session.objects.filter(client_id=client_id).order_by("starts_at", "id"))
    names = _names(rows)
    shown = [_appointment(row, rules, at, names) for row in rows]
    team = readers_of(client_id)
    first = next((reader for reader in team if reader.role in FIRST), None)
    coming = [each for each in shown if each.state in COMING and each.ends_at > at]
    past = [each for each in shown if each not in coming]
    free = free_times(client_id, first.person_id, rules=rules, zone=zone) if first else []
    return Appointments(
        coming=tuple(coming),
        past=tuple(past[::-1][:MOST_PAST]),
        free=tuple(free),
        with_id=first.person_id if first else None,
        with_whom=first.name if first else "",
        rules=rules,
        zone=zone,
    )


@dataclass(frozen=True)
class OneAppointment:
    """One appointment, when it could be instead, and what the client would like to talk about."""

    client_id: UUID
    appointment: Appointment
    free: tuple[datetime, ...]
    agenda: str
    rules: Rules

    @property
    def may_write(self) -> bool:
        """Whether it is still to come."""
        return self.appointment.state in COMING


def one_appointment(client_id: UUID, practice_id: UUID, session_id: UUID, by: Actor) -> OneAppointment:
    """One of the client's own. Raises NotYours. Seven queries."""
    row = Session.objects.filter(client_id=client_id, id=session_id).first()
    if row is None or by.person_id is None:
        raise NotYours
    rules, zone = rules_of(practice_id), zone_of_practice(practice_id)
    there = _appointment(row, rules, now(), _names([row]))
    free = free_times(client_id, row.clinician_id, rules=rules, zone=zone) if there.may_move else []
    agenda = Agenda.objects.filter(client_id=client_id, session_id=session_id, person_id=by.person_id)
    words = agenda.values_list("words", flat=True).first() or ""
    return OneAppointment(client_id, there, tuple(free), words, rules)


@dataclass(frozen=True)
class NextSession:
    """What comes next, for the first page."""

    appointment: Appointment


def next_session_panel(by: Actor, client_id: UUID) -> NextSession | None:
    """The next booked session; None when there is none. Four queries, and nothing is opened."""
    at = now()
    row = (
        Session.objects.filter(client_id=client_id, state=SessionState.BOOKED, ends_at__gt=at)
        .order_by("starts_at")
        .first()
    )
    if row is None:
        return None
    return NextSession(_appointment(row, rules_of(row.practice_id), at, _names([row])))


def next_sessions(clients: list[UUID]) -> dict[UUID, datetime]:
    """When each of these clients comes next. One query."""
    rows = Session.objects.filter(client_id__in=clients, state=SessionState.BOOKED, starts_at__gt=now())
    found: dict[UUID, datetime] = {}
    for client_id, starts in rows.order_by("starts_at").values_list("client_id", "starts_at"):
        found.setdefault(client_id, starts)
    return found


def _names(rows: list[Session]) -> dict[UUID, str]:
    people = {row.clinician_id for row in rows}
    return dict(StaffMember.objects.filter(person_id__in=people).values_list("person_id", "first_name"))


def _appointment(row: Session, rules: Rules, at: datetime, names: dict[UUID, str]) -> Appointment:
    booked, over = row.state == SessionState.BOOKED, row.ends_at <= at
    return Appointment(
        session_id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=SessionState(row.state),
        modality=Modality(row.modality),
        place=row.place,
        link=row.link,
        with_whom=names.get(row.clinician_id, ""),
        clinician_id=row.clinician_id,
        cancelled_by_me=row.cancelled_for == "client",
        short_notice=row.short_notice,
        may_move=booked and row.starts_at >= at + timedelta(hours=rules.notice_hours),
        may_cancel=row.state in COMING and not over,
        may_join=booked and bool(row.link) and row.starts_at - JOIN_BEFORE <= at and not over,
    )
