"""What every page of a client's plan begins with: their own record opened, their plan read, their words for things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.pages import client_page, render
from careplan.ui.templatetags.ui import day
from clients.models import Hidden
from plans.content import Content, GoalContent, InterventionContent, Line, lines_of, words_of
from plans.kinds import Choice, Doer, ItemKind
from plans.selectors.desk_front import plan_front
from plans.selectors.desk_rows import DeskRow, DeskRows, Wording
from plans.selectors.duty import Duty
from plans.selectors.own_plan import OwnPlan, own_plan
from plans.selectors.standing import heading_of
from plans.services.items import start_plan

MENU = "my_plan:plan"
my_page = client_page(DataClass.PLAN)


def actor_of(request: HttpRequest) -> Actor:
    """The client."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def plan_of(request: HttpRequest, client_id: UUID, *, item_id: UUID | None = None) -> OwnPlan:
    """Their plan, with one line when it is named; NotYours when that line isn't in it."""
    return own_plan(client_id, actor_of(request), tucked=tucked_lines(request), item_id=item_id)


def tucked_lines(request: HttpRequest) -> frozenset[str]:
    """The lines that these pages leave out, without a gap or a mark (SAFE-7)."""
    shows = getattr(request, "portal_shows", None)
    return frozenset(key for kind, key in shows.things if kind == Hidden.ITEM) if shows else frozenset()


def front_of(request: HttpRequest, client_id: UUID) -> OwnPlan:
    """Their plan from outside, without its lines. One query."""
    by = actor_of(request)
    return OwnPlan(client_id, by, plan_front(client_id, by), DeskRows(()))


def running_plan_id(plan: OwnPlan) -> UUID:
    """The plan that goes on, begun now when there is none: the client can start one too (PLAN-1)."""
    if plan.front.plan_id is not None and plan.front.running:
        return plan.front.plan_id
    return start_plan(client_id=plan.client_id, by=plan.by).id


def ensure_running(plan: OwnPlan) -> UUID:
    """The plan that goes on. Raises Refused once it has ended."""
    if plan.front.plan_id is None or not plan.front.running:
        raise Refused(_("This plan has ended. You can read it, and start a new one."))
    return plan.front.plan_id


def show(
    request: HttpRequest, plan: OwnPlan, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page in the shell of the portal, under My plan."""
    around = {"plan": plan, "front": plan.front, "therapist": plan.therapist, "current_entry": MENU}
    return render(request, template, {**around, **(context or {})}, status=status)


def heading(row: DeskRow) -> str:
    """What kind of line this is, in the client's words."""
    return heading_of(row.standing.kind, row.standing.statement_type)


def who_wrote(wording: Wording, plan: OwnPlan) -> str:
    """Who wrote a wording: “You”, a first name."""
    if wording.row.author_id == plan.by.person_id:
        return str(_("You"))
    return plan.names.get(wording.row.author_id, plan.therapist)


def details(wording: Wording, plan: OwnPlan) -> list[Line]:
    """What a wording says besides its words, with people called as the client knows them."""
    content = wording.content
    read = [line for line in lines_of(content) if line.key != "clinical_wording"]
    named = {"doer": who_does(content, plan), "expressed_by": _whose(content, plan)}
    return [Line(line.key, line.label, named.get(line.key) or line.text) for line in read]


def who_does(content: Content, plan: OwnPlan) -> str:
    """Who does it, by name: “Me”, the therapist, somebody else; nothing for what nobody does."""
    if not isinstance(content, InterventionContent):
        return ""
    if content.doer.who == Doer.CLIENT:
        return str(_("Me"))
    if content.doer.person:
        return plan.names.get(content.doer.person, str(_("Somebody else")))
    return plan.therapist


def _whose(content: Content, plan: OwnPlan) -> str:
    if not isinstance(content, GoalContent):
        return ""
    return {"client": str(_("Mine")), "therapist": plan.therapist}.get(content.expressed_by, "")


def is_own(row: DeskRow) -> bool:
    """Whether a line's words are the client's, in the serif."""
    return row.standing.kind in (ItemKind.GOAL, ItemKind.STATEMENT) or row.shown.from_client


def said_words(choice: str) -> str:
    """An answer as it is called."""
    return str(Choice(choice).label) if choice else ""


def clock_sentence(duty: Duty | None, therapist: str) -> str:
    """The clock as the client reads it: how long the therapist has, that they are away, or that it is late (PLAN-7)."""
    if duty is None:
        return ""
    if duty.late:
        return str(_("Late. That’s on us."))
    if duty.away_until is not None:
        who = str(_("%(name)s is away until %(day)s.")) % {"name": therapist, "day": day(duty.away_until)}
        cover = str(_(" %(name)s is covering.")) % {"name": duty.cover} if duty.cover else ""
        return f"{who}{cover} {_('The days to answer wait.')}"
    if duty.days_left == 1:
        return str(_("%(name)s has 1 day left to answer.")) % {"name": therapist}
    return str(_("%(name)s has %(days)s days left to answer.")) % {"name": therapist, "days": duty.days_left}


def short(row: DeskRow) -> str:
    """A line's own words, for a sentence or a screen reader."""
    return words_of(row.shown.content)
