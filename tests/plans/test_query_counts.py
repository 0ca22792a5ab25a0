"""Nothing asks the database more often because a plan is longer (09-bars: counts constant in the number of items)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import Version
from plans.selectors.pace import pace_now
from plans.selectors.versions import version_diff, version_history, version_page
from plans.services.answers import answer_item
from plans.services.items import propose_item, propose_revision, reorder, set_progress
from plans.services.sheets import SheetWriting
from tests.plans.room import Room, goal, homework, therapy


def counted(room: Room, doing: Callable[[], Any], by: Any) -> int:
    with room.acts(by), CaptureQueriesContext(connection) as queries:
        doing()
    return len(queries)


def grow(room: Room, lines: int, mark: str) -> None:
    """More lines, agreed, under a goal of their own."""
    sheet = room.sheet("review" if room.plan().activated_at else "first_plan")
    top = SheetWriting(goal(f"Goal {mark} of its own"), key="top")
    under = [SheetWriting(homework(f"{mark} {number * 7919} thing"), parent_key="top") for number in range(lines)]
    room.write(sheet, top, *under)
    room.said(sheet, to_the_rest="yes")


@pytest.mark.parametrize(
    "name", ["history", "page", "diff", "pace", "propose", "reword", "answer", "progress", "reorder"]
)
def test_a_longer_plan_costs_no_more_questions(room: Room, name: str) -> None:
    grow(room, 2, "few")
    few = _asked(room, name, "first")
    grow(room, 12, "many")
    assert _asked(room, name, "second") == few


def _asked(room: Room, name: str, mark: str) -> int:
    mine = room.propose(homework(f"Something of my own, {mark}"), room.client)
    theirs = room.propose(therapy(f"Offered {mark} {len(mark) * 31}"), room.client)
    with room.acts(room.therapist):
        last = Version.objects.latest("sequence").id
        first = Version.objects.earliest("sequence").id
    by = room.therapist if name in ("answer", "progress") else room.client
    doing = {
        "history": lambda: version_history(plan_id=room.plan_id),
        "page": lambda: version_page(version_id=last),
        "diff": lambda: version_diff(older_id=first, newer_id=last),
        "pace": lambda: pace_now(client_id=room.client_id),
        "propose": lambda: propose_item(plan_id=room.plan_id, content=homework(f"Yet another {mark}"), by=by),
        "reword": lambda: propose_revision(item_id=mine.item_id, base=1, content=homework(f"Other {mark}"), by=by),
        "answer": lambda: answer_item(revision_id=theirs.id, choice="yes", by=by),
        "progress": lambda: set_progress(item_id=mine.item_id, verb="start", by=by),
        "reorder": lambda: reorder(plan_id=room.plan_id, item_ids=[theirs.item_id, mine.item_id], by=by),
    }[name]
    return counted(room, doing, by)
