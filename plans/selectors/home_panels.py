"""The plan's parts of a client's first page: what waits, what was new since, the goals as cards (portal screen 2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from weakref import WeakKeyDictionary

from careplan.access.actor import Actor
from clients.models import Hidden
from clients.selectors.quiet import tucked_away
from plans.content import words_of
from plans.kinds import CLIENT_SIDE, Choice, Progress
from plans.selectors.desk_rows import DeskRow
from plans.selectors.duty import Duty
from plans.selectors.own_plan import OwnPlan, own_plan, rows_under, with_what_hangs_under
from plans.selectors.signing import ToSign, items_of, waiting_to_sign

LATELY = timedelta(days=14)
MOST = 6
GOALS = 3

# The three panels of one page read the plan once. Keyed by the request's own actor, and gone with it.
_read: WeakKeyDictionary[Actor, OwnPlan] = WeakKeyDictionary()


@dataclass(frozen=True)
class WaitingPanel:
    """What waits for the client, and what of theirs waits for the therapist."""

    new: tuple[DeskRow, ...]
    changed: tuple[DeskRow, ...]
    next_time: bool
    therapist: str
    with_staff: tuple[tuple[str, Duty], ...]


@dataclass(frozen=True)
class News:
    """One thing that somebody else did, and where to read it."""

    who: str
    what: str
    item_id: UUID
    at: datetime


@dataclass(frozen=True)
class SincePanel:
    """What others did since the last visit, latest first."""

    news: tuple[News, ...]


@dataclass(frozen=True)
class Goal:
    """A goal as a small card."""

    id: UUID
    words: str
    next_step: str


@dataclass(frozen=True)
class GoalsPanel:
    """What one is working on; `started` says whether there is a plan at all."""

    goals: tuple[Goal, ...]
    started: bool


def waiting_panel(by: Actor, client_id: UUID) -> WaitingPanel | None:
    """Returns what waits, or None when nothing does."""
    plan = _plan(by, client_id)
    waiting = [row for row in plan.waiting if not (plan.next_time and row in plan.sent_waiting)]
    asked = [row.open for row in plan.with_staff if row.open and row.open.id in plan.duties]
    mine = [(words_of(wording.content), plan.duties[wording.id]) for wording in asked]
    if not (waiting or mine or plan.next_time):
        return None
    return WaitingPanel(
        new=tuple(row for row in waiting if row.in_force is None),
        changed=tuple(row for row in waiting if row.in_force is not None),
        next_time=plan.next_time,
        therapist=plan.therapist,
        with_staff=tuple(mine),
    )


def since_panel(by: Actor, client_id: UUID) -> SincePanel | None:
    """Returns what others wrote and answered since the last visit, or None."""
    plan = _plan(by, client_id)
    since = plan.last_visit or plan.front.now - LATELY
    news = [each for row in plan.rows.rows for each in _news(row, plan) if each.at > since]
    news.sort(key=lambda each: each.at, reverse=True)
    return SincePanel(tuple(news[:MOST])) if news else None


def goals_panel(by: Actor, client_id: UUID) -> GoalsPanel | None:
    """Returns the goals as cards, or that there are none yet."""
    plan = _plan(by, client_id)
    cards = [Goal(row.id, words_of(row.shown.content), _next(row, plan)) for row in plan.goals[:GOALS]]
    return GoalsPanel(tuple(cards), plan.front.plan_id is not None)


def sign_panel(by: Actor, client_id: UUID) -> ToSign | None:
    """Returns what one is asked to sign, or None; also when a line of it is tucked away (SAFE-7)."""
    asked = waiting_to_sign(client_id, by.person_id)
    return None if asked is None or is_out_of_sight(client_id, asked, _tucked(client_id)) else asked


def is_out_of_sight(client_id: UUID, asked: ToSign, tucked: Collection[str]) -> bool:
    """Whether a version holds a line that these pages leave out: it can't be signed where it can't be read whole."""
    hidden = with_what_hangs_under(client_id, tucked)
    return bool(hidden) and bool(hidden & {str(item_id) for item_id in items_of(asked.version_id)})


def _tucked(client_id: UUID) -> frozenset[str]:
    return frozenset(key for kind, key in tucked_away(client_id).things if kind == Hidden.ITEM)


def _plan(by: Actor, client_id: UUID) -> OwnPlan:
    if by not in _read:
        _read[by] = own_plan(client_id, by, tucked=_tucked(client_id))
    return _read[by]


def _news(row: DeskRow, plan: OwnPlan) -> list[News]:
    found = []
    wordings = {each.id: each for each in (row.open, row.in_force, row.highest) if each}
    for wording in wordings.values():
        if wording.row.author_role not in CLIENT_SIDE and not wording.row.dictated:
            what = "reworded" if row.in_force and wording is row.open else "suggested"
            found.append(News(plan.names.get(wording.row.author_id, ""), what, row.id, wording.row.at))
        found += [
            News(plan.names.get(each.person_id, ""), ANSWERED[Choice(each.choice)], row.id, each.at)
            for each in wording.answers
            if each.role_held not in CLIENT_SIDE and wording.from_client
        ]
    return found


ANSWERED = {
    Choice.YES: "yes",
    Choice.YES_WITH_CHANGES: "changes",
    Choice.NO: "no",
    Choice.NOT_NOW: "no",
}


def _next(row: DeskRow, plan: OwnPlan) -> str:
    open_ends = (Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.PAUSED)
    left = [each for each in rows_under(plan, row) if each.standing.effective and each.standing.progress in open_ends]
    return words_of(left[0].shown.content) if left else ""
