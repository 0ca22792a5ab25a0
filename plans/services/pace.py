"""The client's pace: set as they say it, kept when staff propose (PLAN-20)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.errors import Refused
from careplan.ids import uuid7
from careplan.ledger import record
from plans.kinds import How, Pace, SheetKind
from plans.models import PaceSaid, Plan, Sheet
from plans.selectors.acting import is_staff, role_of
from plans.selectors.pace import PaceNow, latest_pace, pace_now
from plans.selectors.people import practice_of
from plans.services.head import changing, person_of

__all__ = ["PaceNow", "ensure_pace_allows", "pace_now", "set_pace"]


def set_pace(*, client_id: UUID, pace: str, said_how: str, by: Actor) -> PaceSaid:
    """Returns the pace from now on, as the client said it; saying the same again changes nothing."""
    if pace not in Pace.values or said_how not in How.values:
        raise Refused(_("Choose a pace: steady, slower, or just listening for now."))
    with changing(client_id) as at:
        before = latest_pace(client_id)
        if before is not None and before.pace == pace:
            return before
        said = PaceSaid.objects.create(
            id=uuid7(),
            client_id=client_id,
            practice_id=practice_of(client_id),
            pace=pace,
            said_how=said_how,
            by_id=person_of(by),
            at=at,
        )
        record(
            kind="pace.set",
            client_id=client_id,
            object_type="pace",
            object_id=said.id,
            before=before.pace if before else "",
            after=pace,
            detail={"how": said_how},
        )
        return said


def ensure_pace_allows(*, plan: Plan, sheet_id: UUID | None, by: Actor, at: datetime) -> None:
    """Raises Refused when staff have proposed as much as the client's pace allows in a session; not in a first plan."""
    if plan.activated_at is None or _on_first_plan(sheet_id):
        return
    if not is_staff(role_of(plan.client_id, person_of(by))):
        return
    pace = pace_now(client_id=plan.client_id, at=at)
    if pace.left == 0:
        raise Refused(pace.sentence)


def _on_first_plan(sheet_id: UUID | None) -> bool:
    return sheet_id is not None and Sheet.objects.filter(id=sheet_id, kind=SheetKind.FIRST_PLAN).exists()
