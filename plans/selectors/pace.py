"""How much a client wants to be asked, and what that leaves staff to propose today (PLAN-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from plans.kinds import CLIENT_SIDE, PACE_CAPS, Choice, Pace, SheetKind
from plans.models import Answer, ItemRevision, PaceSaid
from plans.selectors.acting import now
from plans.selectors.people import name_of_client, zone_of


@dataclass(frozen=True)
class PaceNow:
    """The pace, how many new proposals it leaves staff today, and the sentence they read before they propose."""

    pace: Pace
    cap: int
    made_today: int
    sentence: str

    @property
    def left(self) -> int:
        return max(0, self.cap - self.made_today)


def pace_now(*, client_id: UUID, at: datetime | None = None) -> PaceNow:
    """Returns the pace and what is left of it today, by the client's own clock. Four queries."""
    said = latest_pace(client_id)
    pace = Pace(said.pace) if said else Pace.STEADY
    made = _made_today(client_id, at or now())
    cap = PACE_CAPS[pace]
    return PaceNow(pace=pace, cap=cap, made_today=made, sentence=_sentence(client_id, pace, cap, made))


def latest_pace(client_id: UUID) -> PaceSaid | None:
    """Returns what the client last said about their pace. One query."""
    return PaceSaid.objects.filter(client_id=client_id).order_by("-at", "-id").first()


def _made_today(client_id: UUID, at: datetime) -> int:
    """Counts staff's new items and wordings today: not dictation, not replies to a proposal, not a first plan."""
    zone = zone_of(client_id)
    midnight = datetime.combine(at.astimezone(zone).date(), time(), tzinfo=zone)
    today = ItemRevision.objects.filter(client_id=client_id, dictated=False, at__gte=midnight)
    mine = today.filter(at__lt=midnight + timedelta(days=1)).exclude(author_role__in=CLIENT_SIDE)
    return mine.exclude(sheet__kind=SheetKind.FIRST_PLAN).exclude(_is_a_reply()).count()


def _is_a_reply() -> Exists:
    said = Answer.objects.filter(revision=OuterRef("base"), person=OuterRef("author"), choice=Choice.YES_WITH_CHANGES)
    return Exists(said)


def _sentence(client_id: UUID, pace: Pace, cap: int, made: int) -> str:
    name = name_of_client(client_id)
    left = max(0, cap - made)
    match pace:
        case Pace.LISTENING:
            return f"{name} is just listening for now. Nothing new is proposed until {name} says so."
        case Pace.SLOWER | Pace.STEADY if left == 0:
            return f"{name}’s pace is {pace.label.lower()}: {_count(cap)} a day, and today’s {_are(cap)} made."
        case _:
            return f"{name}’s pace is {pace.label.lower()}: {left} of {cap} new proposals left today."


def _count(cap: int) -> str:
    return "one new proposal" if cap == 1 else f"{cap} new proposals"


def _are(cap: int) -> str:
    return "is" if cap == 1 else "are"
