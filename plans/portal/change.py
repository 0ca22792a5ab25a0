"""Suggesting a change to a line; one's own goals and statements change at once (PLAN-1, PLAN-5b)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careplan.errors import Conflict, Refused
from careplan.ui.pages import refuse, say, see_other
from plans.content import Content, InterventionContent
from plans.models import ItemRevision
from plans.portal.answer import begun_with, typed
from plans.portal.around import (
    clock_sentence,
    ensure_running,
    heading,
    is_own,
    my_page,
    plan_of,
    short,
    show,
    who_wrote,
)
from plans.portal.forms import LineForm, line_form
from plans.selectors.differences import differences
from plans.selectors.flat import flat_of
from plans.selectors.own_plan import OwnPlan
from plans.services.drafts import drop_draft, save_draft
from plans.services.items import propose_revision


@my_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Shows the words as they are, to write them anew; what is in force counts until everybody asked says yes."""
    plan = plan_of(request, client_id, item_id=item_id)
    if request.method != "POST":
        return _page(request, plan, _form(plan))
    ensure_running(plan)
    if request.POST.get("do") == "later":
        save_draft(client_id=client_id, key=_key(plan), content=typed(request), by=plan.by)
        say(request, _("Kept. Only you can read it."))
        return see_other("my_plan:change", item_id=item_id)
    form = _form(plan, request)
    content = form.content(_kept(plan, form)) if form.is_valid() else None
    if content is None:
        return _page(request, plan, form, status=422)
    return _propose(request, plan, form, content)


def _propose(request: HttpRequest, plan: OwnPlan, form: LineForm, content: Content) -> HttpResponse:
    row = plan.item
    try:
        propose_revision(item_id=row.id, base=form.cleaned_data["base"] or 0, content=content, by=plan.by)
    except Conflict as moved:
        return _moved(request, plan, form, moved)
    except Refused as error:
        refuse(form, error)
        return _page(request, plan, form, status=422)
    drop_draft(client_id=plan.client_id, key=_key(plan), by=plan.by)
    say(request, _said(plan_of(request, plan.client_id, item_id=row.id)))
    return see_other("my_plan:plan")


def _said(plan: OwnPlan) -> str:
    row = plan.item
    if row.open is None:
        return str(_("Saved. Your new words are in your plan."))
    clock = clock_sentence(plan.duties.get(row.open.id), plan.therapist)
    with_whom = str(_("Your new words are with %(name)s.")) % {"name": plan.therapist}
    old = str(_("The old ones count until then.")) if row.in_force else ""
    return " ".join(each for each in (with_whom, clock, old) if each)


def _moved(request: HttpRequest, plan: OwnPlan, form: LineForm, moved: Conflict) -> HttpResponse:
    """Both texts, with one's own kept in the form and now written on the newer one (PLAN-15)."""
    latest = ItemRevision.objects.get(id=str(moved.moved["latest_id"]))
    newer = request.POST.copy()
    newer["base"] = str(moved.moved["latest_number"])
    form.data = newer
    theirs: Any = moved.moved.get("theirs")
    yours: Any = moved.moved.get("yours")
    mine = latest.author_id == plan.by.person_id
    who = str(_("You, on another device")) if mine else plan.names.get(latest.author_id, plan.therapist)
    shown = {"moved": differences(yours, theirs, plan.titles, plan.names), "moved_by": who}
    return _page(request, plan, form, status=409, more=shown)


def _form(plan: OwnPlan, request: HttpRequest | None = None) -> LineForm:
    row = plan.item
    made = line_form(row.standing.kind, row.standing.statement_type)
    content = (row.open or row.in_force or row.highest).content
    begun = {name: value for name, value in flat_of(content).items() if value is not None}
    initial = {**begun, **begun_with(plan, _key(plan)), "base": row.highest.number}
    extra: dict[str, Any] = {}
    if isinstance(content, InterventionContent):
        extra = {"therapist": plan.therapist, "others": _others(content, plan)}
    return made(request.POST if request else None, initial=initial, **extra)


def _others(content: InterventionContent, plan: OwnPlan) -> list[tuple[str, str]]:
    """Somebody else who does it stays to be chosen."""
    if content.doer.person is None:
        return []
    return [(f"person:{content.doer.person}", plan.names.get(content.doer.person, str(_("Somebody else"))))]


def _kept(plan: OwnPlan, form: LineForm) -> dict[str, Any]:
    """What the form does not show, carried over from the latest words."""
    row = plan.item
    latest = flat_of((row.open or row.in_force or row.highest).content)
    return {name: value for name, value in latest.items() if name not in form.fields}


def _key(plan: OwnPlan) -> str:
    return f"change:{plan.item.id}"


def _page(
    request: HttpRequest, plan: OwnPlan, form: LineForm, *, status: int = 200, more: dict[str, Any] | None = None
) -> HttpResponse:
    row = plan.item
    shown = {
        "row": row,
        "heading": heading(row),
        "own": is_own(row),
        "line": short(row),
        "who": who_wrote(row.shown, plan),
        "form": form,
        "draft_key": _key(plan),
    }
    return show(request, plan, "plans/my/change.html", {**shown, **(more or {})}, status=status)
