"""The calendar as it is read: weeks, one session, free times, the practice's rules. Nothing is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, Q
from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRole, StaffRole
from careplan.access.seam import glance
from careplan.accounts.models import Practice, StaffMember
from careplan.errors import NotYours
from clients.models import Client, ClientStatus
from clients.selectors.caring import cared_for, writes
from clients.selectors.staff import Colleague, at_work, colleagues, roles_of
from messaging.models import CalendarRules, Session, Slot
from messaging.sessions import SESSION_MOVES, Modality, SessionState
from plans.selectors.acting import now

DESK_ROLES = frozenset({"front_desk", "manager", "practice_lead"})
CALENDAR_ROLES = frozenset({CareRole.LEAD, CareRole.CO_THERAPIST, CareRole.COVER, CareRole.TRAINEE})
MOST_CLIENTS = 1_000


@dataclass(frozen=True)
class Rules:
    """What the practice lets clients do, and when its calendar is open."""

    notice_hours: int = 24
    minutes: int = 50
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    opens: time = time(9)
    closes: time = time(18)


def rules_of(practice_id: UUID) -> Rules:
    """The practice's rules, or the usual ones. One query."""
    row = CalendarRules.objects.filter(practice_id=practice_id).first()
    if row is None:
        return Rules()
    return Rules(row.notice_hours, row.minutes, tuple(row.weekdays), row.opens, row.closes)


def zone_of_practice(practice_id: UUID) -> ZoneInfo:
    """The practice's clock. One query."""
    return ZoneInfo(Practice.objects.values_list("time_zone", flat=True).get(id=practice_id))


def on_page() -> ZoneInfo:
    """The clock a page of staff is on: their practice's, set by the middleware."""
    return ZoneInfo(timezone.get_current_timezone_name())


def session_for(session_id: UUID) -> Session:
    """One session that is listed for whoever acts. Raises NotYours. One query."""
    there = Session.objects.filter(id=session_id).first()
    if there is None:
        raise NotYours
    return there


@dataclass(frozen=True)
class Entry:
    """One stretch of the calendar as its page shows it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    clinician: str
    detail: str
    state: str
    session_id: UUID | None = None
    slot_id: UUID | None = None

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def row(self) -> str:
        """The half hour of the week's picture in which it begins: “0930”."""
        local = timezone.localtime(self.starts_at)
        halves = min(max(local.hour * 2 + local.minute // 30, 18), 37)
        return f"{halves // 2:02d}{halves % 2 * 30:02d}"

    @property
    def length(self) -> int:
        """How many half hours of the picture it fills, of those the picture has."""
        halves = -(-self.minutes // 30)
        return 6 if halves > 4 else min(max(halves, 2), 4)

    @property
    def is_over(self) -> bool:
        """Whether it is no longer on."""
        return self.state in (SessionState.CANCELLED, SessionState.TURNED_DOWN)


@dataclass(frozen=True)
class Day:
    """One day of the calendar."""

    on: date
    is_today: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Calendar:
    """Some days of the calendar, for one clinician or for everybody at the desk."""

    days: tuple[Day, ...]
    zone: str
    with_id: UUID | None
    clinicians: tuple[Colleague, ...]
    arranges: bool

    @property
    def count(self) -> int:
        """How many sessions are on or have been."""
        return sum(1 for day in self.days for each in day.entries if each.session_id and not each.is_over)


def calendar_of(by: Actor, *, first: date, days: int, with_id: UUID | None = None) -> Calendar:
    """The calendar from a day on. Therapists have their own; the desk everybody's, or one person's. Seven queries."""
    me, practice_id = at_work(by)
    zone, at_desk = on_page(), bool(roles_of(by) & DESK_ROLES)
    people = tuple(colleagues(practice_id)) if at_desk else ()
    shown = with_id if at_desk else me
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(first + timedelta(days=days), time(), zone)
    entries = _entries(practice_id, shown, begins, ends)
    return Calendar(
        days=tuple(_day(first + timedelta(days=number), entries, zone) for number in range(days)),
        zone=zone.key,
        with_id=shown if at_desk else None,
        clinicians=people,
        arranges=at_desk,
    )


def _entries(practice_id: UUID, with_id: UUID | None, begins: datetime, ends: datetime) -> list[Entry]:
    within = Q(practice_id=practice_id, starts_at__gte=begins, starts_at__lt=ends)
    if with_id:
        within &= Q(clinician_id=with_id)
    sessions = list(Session.objects.filter(within).order_by("starts_at", "id"))
    held = list(Slot.objects.filter(within, free=False).exclude(held_for=""))
    names = _names(sessions)
    staff = _staff({row.clinician_id for row in sessions} | {row.clinician_id for row in held})
    entries = [_session_entry(row, names, staff) for row in sessions if row.client_id in names]
    entries += [_held_entry(row, staff) for row in held]
    return sorted(entries, key=lambda entry: entry.starts_at)


def _names(sessions: Sequence[Session], via: str = "page:messaging:calendar") -> dict[UUID, str]:
    clients = {row.client_id for row in sessions}
    names = dict(Client.objects.filter(client_id__in=clients).values_list("client_id", "name_used"))
    glance(clients=names, via=via)
    return names


def _staff(people: Iterable[UUID]) -> dict[UUID, str]:
    return dict(StaffMember.objects.filter(person_id__in=set(people)).values_list("person_id", "first_name"))


def _session_entry(row: Session, names: dict[UUID, str], staff: dict[UUID, str]) -> Entry:
    where = row.place or str(Modality(row.modality).label)
    if row.state not in (SessionState.BOOKED, SessionState.ASKED):
        where = str(SessionState(row.state).label)
    title = f"Asked for: {names[row.client_id]}" if row.state == SessionState.ASKED else names[row.client_id]
    return Entry(
        title=title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        clinician=staff.get(row.clinician_id, ""),
        detail=where,
        state=row.state,
        session_id=row.id,
    )


def _held_entry(row: Slot, staff: dict[UUID, str]) -> Entry:
    return Entry(
        row.held_for, row.starts_at, row.ends_at, staff.get(row.clinician_id, ""), "held", "held", slot_id=row.id
    )


def _day(on: date, entries: Sequence[Entry], zone: ZoneInfo) -> Day:
    that = tuple(each for each in entries if each.starts_at.astimezone(zone).date() == on)
    return Day(on, on == timezone.localdate(timezone=zone), that)


@dataclass(frozen=True)
class SessionPage:
    """One session for staff: what stands, and what may be done now."""

    session: Session
    name: str
    clinician: str
    arranges: bool
    writes_notes: bool
    has_begun: bool
    rules: Rules
    zone: ZoneInfo

    def can(self, verb: str) -> bool:
        """Whether a button is shown."""
        return self.arranges and SESSION_MOVES.can(self.session.state, verb)

    @property
    def can_settle(self) -> bool:
        """Whether it can be said now that it took place or did not."""
        return self.has_begun and self.arranges and self.session.state in SETTLED_FROM

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.session.ends_at - self.session.starts_at).total_seconds() // 60)


SETTLED_FROM = (SessionState.BOOKED, SessionState.KEPT, SessionState.DID_NOT_ATTEND)


def session_page(session_id: UUID, by: Actor) -> SessionPage:
    """One session with the buttons of whoever looks. Raises NotYours."""
    _, practice_id = at_work(by)
    there = session_for(session_id)
    roles = cared_for(by).get(there.client_id, frozenset())
    names = _names([there], via="page:messaging:session")
    if there.practice_id != practice_id or there.client_id not in names:
        raise NotYours
    return SessionPage(
        session=there,
        name=names[there.client_id],
        clinician=_staff([there.clinician_id]).get(there.clinician_id, ""),
        arranges=bool(roles & CALENDAR_ROLES) or bool(roles_of(by) & DESK_ROLES),
        writes_notes=writes(roles, DataClass.NOTE),
        has_begun=there.starts_at <= now(),
        rules=rules_of(practice_id),
        zone=zone_of_practice(practice_id),
    )


def listed_clients(by: Actor) -> list[tuple[UUID, str]]:
    """The clients for whom somebody may book, by name. One query."""
    at_work(by)
    rows = Client.objects.exclude(status=ClientStatus.ENDED).order_by("name_used")
    return list(rows.values_list("client_id", "name_used")[:MOST_CLIENTS])


def free_times(
    client_id: UUID, clinician_id: UUID, *, rules: Rules, zone: ZoneInfo, days: int = 14, most: int = 6
) -> list[datetime]:
    """Some times that are free from tomorrow on, at most two on a day, inside the practice's hours. One query.

    The client is told by the database when one is taken, and nothing of why.
    """
    at = now()
    first = at.astimezone(zone).date() + timedelta(days=1)
    until = datetime.combine(first + timedelta(days=days), time(), zone)
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.times_taken(%s, %s, %s, %s)", [client_id, clinician_id, at, until])
        taken = cursor.fetchall()
    offered: list[datetime] = []
    for number in range(days):
        offered += _free_on(first + timedelta(days=number), rules, zone, taken)[:2]
    return offered[:most]


def _free_on(day: date, rules: Rules, zone: ZoneInfo, taken: Sequence[tuple[datetime, datetime]]) -> list[datetime]:
    if day.isoweekday() not in rules.weekdays:
        return []
    length, starts = timedelta(minutes=rules.minutes), datetime.combine(day, rules.opens, zone)
    closes = datetime.combine(day, rules.closes, zone)
    times = [starts + timedelta(hours=hours) for hours in range(24)]
    fitting = [at for at in times if at + length <= closes]
    return [at for at in fitting if not any(begins < at + length and at < ends for begins, ends in taken)]


@dataclass(frozen=True)
class TodaySessions:
    """The day's sessions, for Today. Only sessions with somebody else name their clinician."""

    entries: tuple[Entry, ...]


def today_sessions(by: Actor) -> TodaySessions:
    """Today's own sessions; at the desk everybody's. One query, and three more when there are any."""
    me, practice_id = at_work(by)
    begins = datetime.combine(timezone.localdate(), time(), on_page())
    desk = StaffRole.objects.filter(person_id=me, practice_id=practice_id, until=None, role__in=DESK_ROLES)
    day = Q(practice_id=practice_id, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    sessions = list(Session.objects.filter(day, Q(clinician_id=me) | Exists(desk)).order_by("starts_at", "id"))
    names = _names(sessions)
    staff = _staff({row.clinician_id for row in sessions} - {me})
    return TodaySessions(tuple(_session_entry(row, names, staff) for row in sessions if row.client_id in names))
