"""Every state with every move, in Python and in the database alike (state machines of PLAN)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from careplan.errors import Refused
from plans.kinds import PlanStatus, Progress
from plans.models import Item, Plan
from plans.models.plan import ENDED
from plans.moves import PLAN_MOVES, PROGRESS_MOVES
from plans.services.head import changing
from plans.services.items import move_plan, set_progress
from tests.plans.room import Room, therapy

WAY_TO = {
    Progress.NOT_STARTED: [],
    Progress.IN_PROGRESS: ["start"],
    Progress.PAUSED: ["start", "pause"],
    Progress.MET: ["start", "meet"],
    Progress.PARTLY_MET: ["start", "meet_partly"],
    Progress.NOT_MET: ["start", "not_meet"],
    Progress.DROPPED: ["drop"],
    Progress.REPLACED: ["replace"],
}
PLAN_WAY_TO = {
    PlanStatus.DRAFT: [],
    PlanStatus.ACTIVE: [],
    PlanStatus.ON_HOLD: ["pause"],
    PlanStatus.COMPLETED: ["complete"],
    PlanStatus.ENDED_EARLY: ["end_early"],
    PlanStatus.SUPERSEDED: ["supersede"],
    PlanStatus.ENTERED_IN_ERROR: ["enter_in_error"],
}


@pytest.mark.parametrize("state", Progress.values)
def test_progress_moves_by_the_table(room: Room, state: str) -> None:
    revision = room.agreed_intervention()
    with room.acts(room.therapist):
        for verb in WAY_TO[Progress(state)]:
            set_progress(item_id=revision.item_id, verb=verb, by=room.therapist)
        for source, verb, move in PROGRESS_MOVES.every_attempt():
            if source == state and move is None:
                with pytest.raises(Refused, match="isn’t possible"):
                    set_progress(item_id=revision.item_id, verb=verb, by=room.therapist)
        for source, to, leads in PROGRESS_MOVES.every_pair():
            if source == state and to != state:
                assert database_lets(_progress(room, revision.item_id, to)) is leads, (source, to)


@pytest.mark.parametrize("state", PlanStatus.values)
def test_plans_move_by_the_table(room: Room, state: str) -> None:
    if state != PlanStatus.DRAFT:
        room.agreed_intervention()
    with room.acts(room.therapist):
        for verb in PLAN_WAY_TO[PlanStatus(state)]:
            move_plan(plan_id=room.plan_id, verb=verb, by=room.therapist)
        for source, verb, move in PLAN_MOVES.every_attempt():
            if source == state and (move is None or verb == "activate"):
                with pytest.raises(Refused):
                    move_plan(plan_id=room.plan_id, verb=verb, by=room.therapist)
        for source, to, leads in PLAN_MOVES.every_pair():
            if source == state and to != state:
                nothing_agreed = (source, to) == (PlanStatus.DRAFT, PlanStatus.ACTIVE)
                assert database_lets(_status(room, to)) is (leads and not nothing_agreed), (source, to)


def test_only_what_is_agreed_has_progress(room: Room) -> None:
    revision = room.propose(therapy(), room.therapist)
    with room.acts(room.therapist):
        with pytest.raises(Refused, match="isn’t agreed"):
            set_progress(item_id=revision.item_id, verb="start", by=room.therapist)
        assert not database_lets(_progress(room, revision.item_id, "in_progress"))


def database_lets(change) -> bool:
    """Says whether raw SQL gets through; whatever happens is undone."""
    try:
        with transaction.atomic():
            change()
            raise Undo
    except Undo:
        return True
    except DatabaseError:
        return False


class Undo(Exception):
    """Takes a try back."""


def _progress(room: Room, item_id, to: str):
    def change() -> None:
        with changing(room.client_id) as at:
            Item.objects.filter(id=item_id).update(progress=to, progress_at=at, progress_by=room.therapist.person_id)

    return change


def _status(room: Room, to: str):
    def change() -> None:
        with changing(room.client_id) as at:
            ended = (
                {"ended_at": at, "ended_by": room.therapist.person_id}
                if to in ENDED
                else {"ended_at": None, "ended_by": None}
            )
            active = {"activated_at": at} if to == PlanStatus.ACTIVE and room_is_new(room) else {}
            Plan.objects.filter(id=room.plan_id).update(status=to, **ended, **active)

    return change


def room_is_new(room: Room) -> bool:
    return Plan.objects.get(id=room.plan_id).activated_at is None
