"""PLAN-20: the pace caps what staff propose in one session; the day counts only where there are no sessions."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from careplan.errors import Refused
from plans.selectors.pace import pace_now
from tests.messaging.calendar import LONDON, Desk, next_week
from tests.plans.room import homework, room_of


def left(room, at=None):
    with room.acts(room.therapist):
        return pace_now(client_id=room.client_id, at=at)


def test_what_was_proposed_counts_until_the_next_session_begins(world):
    room, desk = room_of(world, "roz", "imani"), Desk(world)
    room.agreed_goal()
    now = datetime.now(LONDON)
    assert "3 of 3 new proposals left today." in left(room).sentence
    desk.kept(days_ago=1)
    desk.book(at=next_week(3))
    for number in range(3):
        room.propose(homework(f"{number * 7919} thing to try"), room.therapist)
    with pytest.raises(Refused, match="3 new proposals a session, and this session’s are made"):
        room.propose(homework("One more"), room.therapist)
    tomorrow, after = now + timedelta(days=1), next_week(3) + timedelta(minutes=1)
    assert left(room, at=tomorrow).left == 0
    assert left(room, at=after).left == 3
    assert "left in this session." in left(room, at=after).sentence


def test_a_session_that_did_not_take_place_begins_nothing_and_a_month_without_is_by_the_day(world):
    room, desk = room_of(world, "roz", "imani"), Desk(world)
    missed = desk.kept(days_ago=1)
    desk.settles("sol", missed, kept=False)
    assert not left(room).by_session
    desk.kept(days_ago=40)
    assert not left(room).by_session
