"""Being away, with somebody who covers, and a practice's window to answer (PLAN-7)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from careplan.access.actor import Actor
from careplan.accounts.models import Practice, StaffMember
from careplan.accounts.roles import Role
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from clients.selectors.staff import at_work, holds_role
from plans.models import Absence, AnswerWindow
from plans.selectors.acting import now

MAY_SET = (Role.PRACTICE_LEAD, Role.MANAGER)


@transaction.atomic
def say_away(*, first: date, last: date, cover_id: UUID | None, by: Actor) -> Absence:
    """Returns one's own absence, both days included, on the practice's clock. Raises Refused."""
    person_id, practice_id = at_work(by)
    zone = ZoneInfo(Practice.objects.values_list("time_zone", flat=True).get(id=practice_id))
    starts, ends, at = _midnight(first, zone), _midnight(last + timedelta(days=1), zone), now()
    if last < first:
        raise Refused("The last day comes before the first. Choose a later one.")
    if ends <= at:
        raise Refused("These days are over. Choose days to come.")
    if cover_id is not None:
        _ensure_can_cover(cover_id, person_id, practice_id)
    same = Absence.objects.filter(
        practice_id=practice_id, person_id=person_id, starts=starts, ends=ends, cover_id=cover_id, called_off_at=None
    ).first()
    return same or Absence.objects.create(
        id=uuid7(),
        practice_id=practice_id,
        person_id=person_id,
        starts=starts,
        ends=ends,
        cover_id=cover_id,
        said_at=at,
        said_by_id=person_id,
    )


@transaction.atomic
def call_off(*, absence_id: UUID, by: Actor) -> None:
    """Comes back early, or isn't away after all: the clocks go on from now. Called off once is enough."""
    person_id, practice_id = at_work(by)
    rows = Absence.objects.filter(id=absence_id, practice_id=practice_id, person_id=person_id)
    if not rows.exists():
        raise NotYours
    rows.filter(called_off_at=None).update(called_off_at=now(), called_off_by_id=person_id)


@transaction.atomic
def set_answer_window(*, days: int, by: Actor) -> AnswerWindow:
    """Returns the days in which this practice answers from now on; what was proposed before keeps its window."""
    person_id, practice_id = at_work(by)
    if not holds_role(by, MAY_SET):
        raise NotYours
    if not 1 <= days <= 30:
        raise Refused("Give a number of days from 1 to 30.")
    return AnswerWindow.objects.create(
        id=uuid7(), practice_id=practice_id, days=days, said_at=now(), said_by_id=person_id
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def _ensure_can_cover(cover_id: UUID, person_id: UUID, practice_id: UUID) -> None:
    if cover_id == person_id:
        raise Refused("Choose a colleague. Nobody covers for themself.")
    if not StaffMember.objects.filter(person_id=cover_id, practice_id=practice_id, until=None).exists():
        raise NotYours
