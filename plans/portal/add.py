"""Adding something of one's own: a goal, something about oneself, a step, something to do (PLAN-1)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careplan.errors import Refused
from careplan.ui.pages import refuse, say, see_other
from plans.kinds import ItemKind, StatementType
from plans.portal.answer import begun_with, typed
from plans.portal.around import clock_sentence, my_page, plan_of, running_plan_id, show
from plans.portal.forms import LineForm, line_form
from plans.selectors.own_plan import OwnPlan
from plans.selectors.standing import heading_of
from plans.services.drafts import drop_draft, save_draft
from plans.services.items import propose_item

KINDS = (ItemKind.GOAL, ItemKind.OBJECTIVE, ItemKind.INTERVENTION)


@my_page
@require_safe
def kinds(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What could be added."""
    plan = plan_of(request, client_id)
    said = [(each.value, each.label) for each in StatementType]
    return show(request, plan, "plans/my/add_kinds.html", {"statements": said})


@my_page
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, client_id: UUID, kind: str) -> HttpResponse:
    """Takes one line. A goal or something about oneself counts at once; the rest waits for the therapist's yes."""
    statement_type = kind if kind in StatementType.values else ""
    if kind not in KINDS and not statement_type:
        raise Http404
    plan = plan_of(request, client_id)
    key = f"add:{kind}"
    if request.method == "POST" and request.POST.get("do") == "later":
        save_draft(client_id=client_id, key=key, content=typed(request), by=plan.by)
        say(request, _("Kept. Only you can read it."))
        return see_other("my_plan:add_kind", kind=kind)
    form = _form(request, plan, kind, statement_type, key)
    if request.method != "POST":
        return _page(request, plan, form, kind)
    content = form.content(_under(request, plan)) if form.is_valid() else None
    if content is None:
        return _page(request, plan, form, kind, status=422)
    try:
        made = propose_item(plan_id=running_plan_id(plan), content=content, by=plan.by)
    except Refused as error:
        refuse(form, error)
        return _page(request, plan, form, kind, status=422)
    drop_draft(client_id=client_id, key=key, by=plan.by)
    say(request, _said(plan_of(request, client_id, item_id=made.item_id)))
    return see_other("my_plan:plan")


def _said(plan: OwnPlan) -> str:
    row = plan.item
    if row.open is None:
        return str(_("Saved. It is in your plan, in your words."))
    clock = clock_sentence(plan.duties.get(row.open.id), plan.therapist)
    return " ".join(filter(None, [str(_("It is with %(name)s.")) % {"name": plan.therapist}, clock]))


def _form(request: HttpRequest, plan: OwnPlan, kind: str, statement_type: str, key: str) -> LineForm:
    made = line_form("statement" if statement_type else kind, statement_type)
    extra: dict[str, Any] = {"therapist": plan.therapist} if kind == ItemKind.INTERVENTION else {}
    return made(request.POST if request.method == "POST" else None, initial=begun_with(plan, key), **extra)


def _under(request: HttpRequest, plan: OwnPlan) -> dict[str, Any]:
    """The goal it stands under, when one was chosen."""
    goals = {str(row.id) for row in plan.goals}
    parent = request.POST.get("parent", "")
    return {"parent": parent} if parent in goals else {}


def _page(request: HttpRequest, plan: OwnPlan, form: LineForm, kind: str, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "kind": kind,
        "heading": heading_of("statement", kind) if kind in StatementType.values else ItemKind(kind).label,
        "is_goal": kind == ItemKind.GOAL,
        "is_mine": kind == ItemKind.GOAL or kind in StatementType.values,
        "goals": plan.goals if kind in (ItemKind.OBJECTIVE, ItemKind.INTERVENTION) else [],
        "parent": request.POST.get("parent") or request.GET.get("under", ""),
        "draft_key": f"add:{kind}",
    }
    return show(request, plan, "plans/my/add.html", shown, status=status)
