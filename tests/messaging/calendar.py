"""The calendar of Linden Street in a few verbs, for tests of sessions, notes and reminders."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from clients.models import ConsentKind, How
from clients.services.asking import ConsentAsk
from clients.services.consents import Answer, record_spoken, withdraw_consent
from messaging.models import Session
from messaging.services.sessions import (
    Repeat,
    When,
    Where,
    ask_for_session,
    book_session,
    cancel_session,
    move_session,
    settle_session,
)
from tests.world import actor, client_actor_of

LONDON = ZoneInfo("Europe/London")
ONCE = Repeat()
CLASSES = frozenset({DataClass.NOTE, DataClass.MESSAGE, DataClass.PLAN})


def next_week(day: int = 1, hour: int = 10, minute: int = 0) -> datetime:
    """A time on a weekday of next week, by London's clock."""
    today = datetime.now(LONDON).date()
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(monday + timedelta(days=day - 1), time(hour, minute), LONDON)


@dataclass
class Desk:
    """Roz, whom Imani sees; Tomek, whom Wren sees and Nadia covers; Sol at the front desk."""

    world: dict[str, UUID]
    consents: dict = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        return client_actor_of(self.world, "roz") if key == "roz" else actor(self.world, key)

    @contextmanager
    def acts(self, key, client="roz", classes=CLASSES):
        by = self.actor(key)
        with opened(by, clients=[self.world[client]], classes=classes, via="test"):
            yield by

    @contextmanager
    def works(self, key):
        by = self.actor(key)
        with acting(by):
            yield by

    def says_yes(self, kind=ConsentKind.TREATMENT, client="roz", lead="imani"):
        by = self.actor(lead)
        with opened(by, clients=[self.world[client]], classes=[DataClass.CONSENT], via="test"):
            ask, answer = ConsentAsk(kind=kind), Answer(how=How.SAID_IN_SESSION)
            given = record_spoken(client_id=self.world[client], ask=ask, answer=answer, by=by)
        self.consents[client, kind] = given
        return given

    def stops(self, consent_id, client="roz", lead="imani"):
        by = self.actor(lead)
        with opened(by, clients=[self.world[client]], classes=[DataClass.CONSENT], via="test"):
            withdraw_consent(client_id=self.world[client], consent_id=consent_id, how=How.SAID_IN_SESSION, by=by)

    def book(self, by="sol", client="roz", at=None, minutes=50, clinician="imani", where=None, repeat=ONCE):
        at = (at or next_week()).astimezone(LONDON)
        with self.works(by) as actor:
            made = book_session(
                client_id=self.world[client],
                clinician_id=self.world[clinician],
                when=When(at.date(), at.time(), minutes),
                where=where or Where(),
                zone=LONDON,
                repeat=repeat,
                by=actor,
            )
        return made[0] if repeat.times == 1 else made

    def kept(self, client="roz", clinician="imani", days_ago=1, hour=10):
        at = datetime.combine(date.today() - timedelta(days=days_ago), time(hour), LONDON)
        session_id = self.book("sol", client, at, clinician=clinician)
        with self.works("sol") as by:
            settle_session(session_id=session_id, kept=True, by=by)
        return session_id

    def ask(self, at=None):
        with self.works("roz") as by:
            return ask_for_session(
                client_id=self.world["roz"],
                clinician_id=self.world["imani"],
                starts=at or next_week(3),
                minutes=50,
                by=by,
            )

    def moves(self, by, session_id, at):
        with self.works(by) as actor:
            move_session(session_id=session_id, starts=at, minutes=50, by=actor)

    def cancels(self, by, session_id, **more):
        with self.works(by) as actor:
            cancel_session(session_id=session_id, by=actor, **more)

    def settles(self, by, session_id, kept=True):
        with self.works(by) as actor:
            settle_session(session_id=session_id, kept=kept, by=actor)

    def row(self, session_id, key="imani") -> Session:
        with self.works(key):
            return Session.objects.get(id=session_id)


def utc(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)
