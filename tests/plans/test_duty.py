"""The duty to answer (PLAN-7): a moment and a window, laid on the database's clock; moved here, never waited for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, transaction

from careplan.access.models import CareRole
from careplan.access.seam import acting
from careplan.accounts.roles import Role
from careplan.accounts.services import grant_role
from careplan.errors import NotYours, Refused
from plans.models import Absence, PlanHead
from plans.selectors.acting import now
from plans.selectors.duty import Duty, duties_of, duties_since
from plans.services.away import call_off, say_away, set_answer_window
from tests import world as story
from tests.plans.room import Room, therapy
from tests.signed_in import browser, portal_browser

pytestmark = pytest.mark.committed
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def later(owner):
    """Moves the guard's clock to so much later than it really is."""
    return lambda **much: owner.execute("update guard.mode set clock_offset = %s", [timedelta(**much)])


def clock_of(room: Room) -> Duty | None:
    with acting(room.therapist):
        return duties_of([room.client_id]).get(room.client_id)


def day_of(room: Room, days: int) -> date:
    with acting(room.therapist):
        return now().astimezone(LONDON).date() + timedelta(days=days)


def away(room: Room, first: date, last: date, cover=None, by=None) -> Absence:
    by = by or room.therapist
    with acting(by):
        return say_away(first=first, last=last, cover_id=cover, by=by)


def proposes(room: Room, what: str = "Come in person some weeks"):
    return room.propose(therapy(what), room.client)


def test_the_window_runs_from_the_proposal_and_is_over_at_its_very_moment(roz: Room, later) -> None:
    """PLAN-7: seven days; a millisecond before it isn't late, at it it is; answering ends it."""
    revision = proposes(roz)
    clock = clock_of(roz)
    assert (clock.days_left, clock.left, clock.due) == (7, "7 days left", revision.at + timedelta(days=7))
    later(days=1, minutes=5)
    assert clock_of(roz).left == "6 days left"
    later(days=6, hours=23, minutes=50)
    assert (clock_of(roz).left, clock_of(roz).late) == ("1 day left", False)
    later(days=7, minutes=5)
    assert (clock_of(roz).left, clock_of(roz).late) == ("Late", True)
    roz.answer(revision, "yes", roz.therapist)
    assert clock_of(roz) is None


def test_the_oldest_proposal_counts_and_staffs_own_have_no_clock(roz: Room, later) -> None:
    roz.propose(therapy("Letter to the insurer"), roz.therapist)
    assert clock_of(roz) is None
    first = proposes(roz)
    later(days=2)
    second = proposes(roz, "Every other week")
    assert clock_of(roz).since == first.at
    roz.answer(first, "no", roz.therapist, words="The room is taken.")
    assert clock_of(roz).since == second.at


def test_being_away_pauses_it_and_names_the_cover(roz: Room, world, later) -> None:
    """PLAN-7: the days away don't count, before, while and after; coming back early lets it go on at once."""
    proposes(roz)
    first, last = day_of(roz, 2), day_of(roz, 5)
    absence = away(roz, first, last, cover=world["nadia"])
    begins = datetime.combine(first, time.min, tzinfo=LONDON)
    ends = datetime.combine(last + timedelta(days=1), time.min, tzinfo=LONDON)
    ahead = clock_of(roz)
    assert (ahead.away_until, ahead.left) == (None, "7 days left")
    assert ahead.due == ahead.since + timedelta(days=7) + (ends - begins)
    later(days=4)
    there = clock_of(roz)
    assert (there.away_until, there.cover, there.late) == (ends, "Nadia", False)
    before = there.remaining
    later(days=5)
    assert clock_of(roz).remaining == before
    with acting(roz.therapist):
        call_off(absence_id=absence.id, by=roz.therapist)
        call_off(absence_id=absence.id, by=roz.therapist)
    back = clock_of(roz)
    assert (back.away_until, back.cover) == (None, "")
    assert before - timedelta(minutes=5) < back.remaining <= before
    later(days=12)
    assert clock_of(roz).late


def test_it_waits_only_while_everybody_who_could_answer_is_away(roz: Room, world) -> None:
    """PLAN-5e: a co-therapist is “the therapist” too; a cover isn't."""
    colleague = roz.colleague(world["wren"], CareRole.CO_THERAPIST)
    proposes(roz)
    today, soon = day_of(roz, 0), day_of(roz, 3)
    away(roz, today, soon, cover=world["nadia"])
    assert clock_of(roz).away_until is None
    away(roz, today, day_of(roz, 1), by=colleague)
    overlap = datetime.combine(day_of(roz, 2), time.min, tzinfo=LONDON)
    assert (clock_of(roz).away_until, clock_of(roz).cover) == (overlap, "Nadia")


def test_a_practice_sets_its_window_and_what_was_proposed_before_keeps_its_own(roz: Room, world, later) -> None:
    grant_role(practice_id=roz.practice_id, person_id=world["petra"], role=Role.PRACTICE_LEAD)
    lead = story.actor(world, "petra")
    proposes(roz)
    later(minutes=1)
    with acting(lead):
        set_answer_window(days=3, by=lead)
        with pytest.raises(Refused):
            set_answer_window(days=31, by=lead)
    with acting(roz.therapist), pytest.raises(NotYours):
        set_answer_window(days=30, by=roz.therapist)
    later(minutes=2)
    second = proposes(roz, "Every other week")
    assert clock_of(roz).days == 7
    with roz.acts(roz.client):
        assert duties_since(roz.client_id, [second.at])[second.at].days == 3


def test_the_clock_is_nobody_elses_to_read_and_absences_are_ones_own(roz: Room, world) -> None:
    """ACC-4: a colleague without a place in the care team reads no clock; nobody says somebody else is away."""
    proposes(roz)
    stranger = story.actor(world, "wren")
    with acting(stranger):
        assert duties_of([roz.client_id]) == {}
        assert duties_since(roz.client_id, [now()]) == {}
        with pytest.raises(Error), transaction.atomic():
            Absence.objects.create(
                practice_id=roz.practice_id,
                person_id=roz.therapist.person_id,
                starts=now(),
                ends=now() + timedelta(days=30),
                said_at=now(),
                said_by_id=stranger.person_id,
            )
    with acting(roz.therapist):
        with pytest.raises(Refused):
            say_away(first=date(2020, 1, 1), last=date(2020, 1, 2), cover_id=None, by=roz.therapist)
        with pytest.raises(Refused):
            say_away(first=date(2099, 1, 2), last=date(2099, 1, 1), cover_id=None, by=roz.therapist)


def test_late_heads_today_and_the_practice_leads_today(roz: Room, world, later) -> None:
    """PLAN-7: at zero nothing happens to the client; it heads the therapist's Today and the practice lead's."""
    grant_role(practice_id=roz.practice_id, person_id=world["petra"], role=Role.PRACTICE_LEAD)
    proposes(roz)
    in_time = browser(world["imani"]).get("/practice/").content.decode()
    assert "7 days left" in in_time
    assert "Roz" not in browser(world["petra"]).get("/practice/").content.decode()
    later(days=7, minutes=1)
    late = browser(world["imani"]).get("/practice/").content.decode()
    assert late.index("Late: Roz proposed") == late.index("Late")
    leads = browser(world["petra"]).get("/practice/").content.decode()
    assert "Late: Roz waits for an answer from Imani" in leads
    hers = portal_browser(roz.client.person_id)
    assert "Late. That’s on us." in hers.get("/my/").content.decode()
    assert "Late. That’s on us." in hers.get("/my/plan/").content.decode()
    with acting(roz.therapist):
        assert PlanHead.objects.get(client_id=roz.client_id).with_therapist == 1
