"""Pausing, going on, stopping and coming back: one step each, no reason, no loop (PLAN-14)."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.access.models import Record
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.models import ClientStatus
from clients.services.quiet import ensure_big_step_here
from clients.services.status import set_status
from plans.hooks import Rest, when_resting
from plans.kinds import PlanStatus, RestScope
from plans.models import Item, Pause, Plan
from plans.models.plan import UNENDED
from plans.moves import PLAN_MOVES
from plans.selectors.people import zone_of
from plans.services.head import changing, find, person_of
from plans.services.versions import settle

HELD = (RestScope.PLAN, RestScope.EVERYTHING)
A_DAY_TO_COME = _("Choose a day that is still to come, or none: then it rests until you say.")


def pause(*, client_id: UUID, scope: str, by: Actor, item_id: UUID | None = None, until: date | None = None) -> Pause:
    """Returns the pause that begins now; the very same one again is no second one.

    `until` is the day on which it goes on by itself, on the client's clock. Raises Refused, NotYours.
    """
    chosen = RestScope(scope)
    if item_id is not None:
        find(Item, item_id)
    with changing(client_id) as at:
        goes_on = _first_moment(client_id, until)
        if goes_on is not None and goes_on <= at:
            raise Refused(A_DAY_TO_COME)
        there = _running(client_id, chosen, item_id, at)
        if there is not None and there.until == until:
            return there
        _end(_of(client_id, chosen, item_id), by, at)
        begun = _begin(client_id, chosen, by, at, item_id=item_id, until=until, goes_on=goes_on)
        _tell(begun, "pause.began", after=chosen)
        if chosen in HELD:
            _hold(client_id, at)
        if chosen == RestScope.EVERYTHING:
            set_status(client_id=client_id, status=ClientStatus.PAUSED, by=by)
        _let_know(begun, by)
        return begun


def go_on(*, pause_id: UUID, by: Actor) -> Pause:
    """Returns the pause, ended: what rested goes on. Ended already is ended."""
    found = find(Pause, pause_id)
    with changing(found.client_id) as at:
        found.refresh_from_db()
        if found.scope == RestScope.THERAPY:
            raise Refused(_("Therapy has ended. Take it up again instead."))
        if found.ended_at is not None:
            return found
        _end(Pause.objects.filter(id=found.id), by, at)
        _tell(found, "pause.ended", before=found.scope)
        if found.scope in HELD and not _held(found.client_id, at):
            _release(found.client_id, at)
        if found.scope == RestScope.EVERYTHING:
            set_status(client_id=found.client_id, status=ClientStatus.ACTIVE, by=by)
        found.refresh_from_db()
        return found


def stop_therapy(*, client_id: UUID, by: Actor) -> Pause:
    """Returns that therapy has ended, from now: the plan ends early, the record stays the client's to read.

    Raises Refused where the client keeps big steps for in person (SAFE-7).
    """
    ensure_big_step_here(client_id)
    with changing(client_id) as at:
        there = _running(client_id, RestScope.THERAPY, None, at)
        if there is not None:
            return there
        _end(Pause.objects.filter(client_id=client_id), by, at)
        stopped = _begin(client_id, RestScope.THERAPY, by, at)
        _tell(stopped, "therapy.stopped")
        _end_plan(client_id, by, at)
        set_status(client_id=client_id, status=ClientStatus.ENDED, by=by)
        _let_know(stopped, by)
        return stopped


def end_own_plan(*, plan_id: UUID, by: Actor) -> Plan:
    """Returns one's plan, ended early; ended already is ended. Raises Refused where big steps are for in person."""
    plan = find(Plan, plan_id)
    ensure_big_step_here(plan.client_id)
    with changing(plan.client_id) as at:
        plan.refresh_from_db()
        if plan.status in UNENDED:
            _move(plan, "end_early", at, ended_at=at, ended_by_id=person_of(by))
        return plan


def take_up_therapy(*, client_id: UUID, by: Actor) -> None:
    """Comes back after stopping: the directory says so, and a new plan can begin."""
    with changing(client_id) as at:
        stopped = _running(client_id, RestScope.THERAPY, None, at)
        if stopped is None:
            return
        _end(Pause.objects.filter(id=stopped.id), by, at)
        _tell(stopped, "therapy.taken_up")
        set_status(client_id=client_id, status=ClientStatus.ACTIVE, by=by)


def _first_moment(client_id: UUID, until: date | None) -> datetime | None:
    return datetime.combine(until, time.min, tzinfo=zone_of(client_id)) if until else None


def _running(client_id: UUID, scope: RestScope, item_id: UUID | None, at: datetime) -> Pause | None:
    rows = _of(client_id, scope, item_id).filter(ended_at=None)
    return rows.filter(Q(goes_on=None) | Q(goes_on__gt=at)).first()


def _of(client_id: UUID, scope: RestScope, item_id: UUID | None) -> QuerySet[Pause]:
    rows = Pause.objects.filter(client_id=client_id, scope=scope)
    return rows if item_id is None else rows.filter(item_id=item_id)


def _held(client_id: UUID, at: datetime) -> bool:
    return any(_running(client_id, scope, None, at) for scope in HELD)


def _end(rows: QuerySet[Pause], by: Actor, at: datetime) -> None:
    rows.filter(ended_at=None).update(ended_at=at, ended_by_id=person_of(by))


def _begin(client_id: UUID, scope: RestScope, by: Actor, at: datetime, **more: object) -> Pause:
    practice_id = Record.objects.filter(client_id=client_id).values_list("practice_id", flat=True).first()
    if practice_id is None:
        raise NotYours
    values = {"client_id": client_id, "practice_id": practice_id, "scope": scope, "began_at": at, **more}
    return Pause.objects.create(id=uuid7(), began_by_id=person_of(by), **values)


def _hold(client_id: UUID, at: datetime) -> None:
    """A plan that is active goes on hold; one that isn't agreed yet just waits."""
    plan = Plan.objects.filter(client_id=client_id, status=PlanStatus.ACTIVE).first()
    if plan is not None:
        _move(plan, "pause", at)


def _release(client_id: UUID, at: datetime) -> None:
    plan = Plan.objects.filter(client_id=client_id, status=PlanStatus.ON_HOLD).first()
    if plan is not None:
        _move(plan, "resume", at)


def _end_plan(client_id: UUID, by: Actor, at: datetime) -> None:
    plan = Plan.objects.filter(client_id=client_id, status__in=UNENDED).first()
    if plan is not None:
        _move(plan, "end_early", at, ended_at=at, ended_by_id=person_of(by))


def _move(plan: Plan, verb: str, at: datetime, **stamps: object) -> None:
    move = PLAN_MOVES.apply(plan, verb, **stamps)
    record(
        kind="plan.moved",
        client_id=plan.client_id,
        object_type="plan",
        object_id=plan.id,
        before=move.source,
        after=move.to,
    )
    settle(plan=plan, cause="plan_moved", at=at)


def _let_know(begun: Pause, by: Actor) -> None:
    rest = Rest(begun.client_id, RestScope(begun.scope), begun.goes_on, begun.began_at)
    for listener in when_resting:
        listener.run(rest, by)


def _tell(row: Pause, kind: str, *, before: str = "", after: str = "") -> None:
    record(kind=kind, client_id=row.client_id, object_type="pause", object_id=row.id, before=before, after=after)
