"""The demo's calendar: what was kept, what comes next (through the services, as anybody books)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from clients.models import ConsentKind, How
from clients.selectors.permits import permits
from clients.services.asking import ConsentAsk
from clients.services.consents import Answer, record_spoken
from messaging.demo.seeding import Town
from messaging.selectors.calendar import zone_of_practice
from messaging.services.sessions import Repeat, When, Where, book_session, settle_session
from messaging.sessions import Modality

VIDEO = Where(Modality.VIDEO, link="https://video.example.test/room")
ROOM = Where(Modality.IN_PERSON, place="Room 2")
WEEK = {"roz": (3, time(17), VIDEO), "tomek": (2, time(10), ROOM)}


def seed_calendar(town: Town) -> None:
    """Roz by video on Thursdays and Tomek in the room on Wednesdays: last week's was kept, two more come."""
    for key, (weekday, at, where) in WEEK.items():
        by = town.lead_of(key)
        _say_yes(town.clients[key], by)
        _book(town.clients[key], by, weekday, at, where)


def _say_yes(client_id: UUID, by: Actor) -> None:
    with opened(by, clients=[client_id], classes=[DataClass.CONSENT], via="demo"):
        if not permits(client_id=client_id, purpose=ConsentKind.TREATMENT).allowed:
            ask, answer = ConsentAsk(kind=ConsentKind.TREATMENT), Answer(how=How.SAID_IN_SESSION)
            record_spoken(client_id=client_id, ask=ask, answer=answer, by=by)


def _book(client_id: UUID, by: Actor, weekday: int, at: time, where: Where) -> None:
    if by.person_id is None or by.practice_id is None:
        return
    with acting(by):
        zone = zone_of_practice(by.practice_id)
        last, coming = _days(weekday, zone)
        for day, times in ((last, 1), (coming, 2)):
            (first, *_) = book_session(
                client_id=client_id,
                clinician_id=by.person_id,
                when=When(day, at, 50),
                where=where,
                repeat=Repeat(1, times),
                zone=zone,
                by=by,
            )
            if day == last:
                settle_session(session_id=first, kept=True, by=by)


def _days(weekday: int, zone: ZoneInfo) -> tuple[date, date]:
    """That weekday before today, and the next one after it."""
    today = datetime.now(zone).date()
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return coming - timedelta(days=7) - timedelta(days=7 * (coming - timedelta(days=7) >= today)), coming
