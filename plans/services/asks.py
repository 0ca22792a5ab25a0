"""Several at once: lines sent to the client, the way they choose, and answers given together (PLAN-17)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.errors import Refused
from careplan.ids import uuid7
from careplan.ledger import record
from plans.kinds import Way
from plans.models import Answer, Ask, AskLine, ItemRevision, Plan, Standing
from plans.models.ask import SEVEN
from plans.selectors.acting import is_staff, role_of
from plans.selectors.asks import running_ask
from plans.services.answers import Given, take_answer
from plans.services.head import changing, find, person_of, running_plan
from plans.services.versions import settle

TOO_MANY = "Seven lines at most go out together. Choose the ones that matter now."
NOTHING = "Choose at least one line that waits for an answer."
ONE_ALREADY = _("A sheet is out already and not all answered. Take it back first, or wait.")
MOVED = _("One of these lines doesn’t wait for an answer any more. Look again and choose anew.")


def send_ask(*, plan_id: UUID, revision_ids: Sequence[UUID], by: Actor) -> Ask:
    """Returns the sheet that is with the client now: these open wordings, in this order. Sending it twice is once.

    Raises Refused for none, more than seven, one out already, or a wording that isn't open any more.
    """
    plan, wanted = find(Plan, plan_id), list(dict.fromkeys(revision_ids))
    if not wanted or len(wanted) > SEVEN:
        raise Refused(TOO_MANY if wanted else NOTHING)
    with changing(plan.client_id) as at:
        plan = running_plan(plan_id)
        if not is_staff(role_of(plan.client_id, person_of(by))):
            raise Refused(_("Lines are sent by your therapist. Answer any of them whenever you like."))
        there = running_ask(plan.id)
        if there is not None:
            return _same(there, wanted)
        items = _open_items(plan, wanted)
        ask = Ask.objects.create(id=uuid7(), **_keys(plan), plan=plan, sent_at=at, sent_by_id=person_of(by))
        for position, revision_id in enumerate(wanted):
            AskLine.objects.create(
                id=uuid7(),
                **_keys(plan),
                ask=ask,
                item_id=items[revision_id],
                revision_id=revision_id,
                position=position,
            )
        _tell(ask, "ask.sent", after=str(len(wanted)))
        return ask


def withdraw_ask(*, ask_id: UUID, by: Actor) -> Ask:
    """Returns the sheet, taken back: the asking, not the proposals."""
    ask = find(Ask, ask_id)
    with changing(ask.client_id) as at:
        ask.refresh_from_db()
        if ask.withdrawn_at is None:
            ask.withdrawn_at, ask.withdrawn_by_id = at, person_of(by)
            ask.save(update_fields=["withdrawn_at", "withdrawn_by"])
            _tell(ask, "ask.withdrawn")
        return ask


def choose_way(*, ask_id: UUID, way: str, by: Actor) -> Ask:
    """Returns the sheet with the way the client wants to answer it; raises Refused when it was taken back."""
    ask = find(Ask, ask_id)
    if way not in Way.values or not way:
        raise Refused(_("Choose one at a time, all on one page, or together next time."))
    with changing(ask.client_id) as at:
        ask.refresh_from_db()
        if ask.withdrawn_at is not None:
            raise Refused(_("These lines were taken back. You can still answer any line in your plan."))
        if ask.way != way:
            ask.way, ask.way_at, ask.way_by_id = way, at, person_of(by)
            ask.save(update_fields=["way", "way_at", "way_by"])
            _tell(ask, "ask.way_chosen", after=way)
        return ask


def answer_several(*, plan_id: UUID, answers: Sequence[Given], by: Actor) -> list[Answer]:
    """Returns one's own answers, all or none; raises Conflict when one of the wordings was replaced meanwhile."""
    plan = find(Plan, plan_id)
    with changing(plan.client_id) as at:
        taken = [take_answer(given=given, by=by, at=at) for given in answers]
        settle(plan=find(Plan, plan_id), cause="answers", at=at)
        return taken


def _same(there: Ask, wanted: Sequence[UUID]) -> Ask:
    sent = list(AskLine.objects.filter(ask=there).order_by("position").values_list("revision_id", flat=True))
    if sent != list(wanted):
        raise Refused(ONE_ALREADY)
    return there


def _open_items(plan: Plan, wanted: Sequence[UUID]) -> dict[UUID, UUID]:
    rows = Standing.objects.filter(client_id=plan.client_id, plan_id=plan.id, open_id__in=wanted)
    found = {row.open_id: row.item_id for row in rows if row.open_id}
    if set(found) != set(wanted) or ItemRevision.objects.filter(id__in=wanted).count() != len(wanted):
        raise Refused(MOVED)
    return found


def _keys(plan: Plan) -> dict[str, UUID]:
    return {"client_id": plan.client_id, "practice_id": plan.practice_id}


def _tell(ask: Ask, kind: str, *, after: str = "") -> None:
    record(kind=kind, client_id=ask.client_id, object_type="ask", object_id=ask.id, after=after)
