"""Adding a line: which kind, then its form, with what is off the table at hand (PLAN-1, PLAN-6)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from careplan.errors import Refused
from careplan.ui.pages import refuse, say, see_other
from plans.content import Content
from plans.practice.around import Desk, desk_of, ensure_may_write, plan_page, show
from plans.practice.choices import offered
from plans.practice.desk import begun, labels
from plans.practice.item_forms import FORMS, ItemForm, as_row
from plans.practice.off_table import off_lines
from plans.practice.person import capital
from plans.practice.reword import proposed_sentence, typed
from plans.services.drafts import drop_draft, save_draft
from plans.services.items import propose_item, start_plan
from plans.services.off_table import OffTheTable


@dataclass(frozen=True)
class Kind:
    """A kind of line as staff choose it."""

    slug: str
    label: str
    hint: str
    heading: str


KINDS = (
    Kind("goal", "A goal", "Your clinical wording. The client’s own words beside it are theirs to say.", "A goal"),
    Kind("objective", "An objective", "What you would both see, measured how, by when.", "An objective"),
    Kind("intervention", "Something you’ll do", "What, how often, who does it.", "Something you’ll do"),
    Kind("look-again", "When to look again", "A day on which you go through the plan together.", "When to look again"),
)


@plan_page
@require_safe
def kinds(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The kinds of line staff can propose, and where the client's own words go."""
    desk = desk_of(request, client_id)
    ensure_may_write(desk)
    under = request.GET.get("under", "")
    shown = {"kinds": KINDS, "off": off_lines(desk), "under": f"?under={under}" if as_row(under) else ""}
    return show(request, desk, "plans/add_kinds.html", shown)


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, client_id: UUID, kind: str) -> HttpResponse:
    """The form of one kind; sent, it proposes the line."""
    desk = desk_of(request, client_id)
    ensure_may_write(desk)
    chosen = next((each for each in KINDS if each.slug == kind), None)
    if chosen is None:
        raise Http404
    made = FORMS[kind]
    if request.method != "POST":
        return _page(request, desk, chosen, _begun(desk, made, chosen, under=request.GET.get("under", "")))
    if request.POST.get("do") == "draft":
        save_draft(client_id=client_id, key=draft_key(kind), content=typed(request), by=desk.by)
        say(request, "Kept as a draft. Only you can read it.")
        return see_other("plans:add_kind", client_id=client_id, kind=kind)
    form = made(request.POST, choices=offered(desk, made.kind))
    content = form.content() if form.is_valid() else None
    if content is None:
        return _page(request, desk, chosen, form, status=422)
    return _propose(request, desk, chosen, form, content)


def draft_key(kind: str) -> str:
    """Where what was typed about a new line is kept."""
    return f"new:{kind}"


def _begun(desk: Desk, made: type[ItemForm], chosen: Kind, *, under: str) -> ItemForm:
    kept = begun(made, desk.front.drafts.get(draft_key(chosen.slug)))
    return made(initial={"parent": under, **kept}, choices=offered(desk, made.kind))


def _page(
    request: HttpRequest, desk: Desk, chosen: Kind, form: ItemForm, status: int = 200, **more: object
) -> HttpResponse:
    shown = {
        "kind": chosen,
        "form": form,
        "form_template": f"plans/forms/{chosen.slug}.html",
        "offer_parent": chosen.slug != "look-again",
        "draft_key": draft_key(chosen.slug),
        "off": off_lines(desk),
        **labels(desk),
        **more,
    }
    return show(request, desk, "plans/add.html", shown, status=status)


def _propose(request: HttpRequest, desk: Desk, chosen: Kind, form: ItemForm, content: Content) -> HttpResponse:
    try:
        plan_id = desk.front.plan_id if desk.front.running else None
        revision = propose_item(
            plan_id=plan_id or start_plan(client_id=desk.client_id, by=desk.by).id,
            content=content,
            by=desk.by,
            why=form.cleaned_data["why"],
            raise_anyway=request.POST.get("raise_anyway") == "yes",
        )
    except OffTheTable as off:
        return _page(request, desk, chosen, form, status=422, off_the_table=off)
    except Refused as refused:
        refuse(form, refused)
        return _page(request, desk, chosen, form, status=422)
    drop_draft(client_id=desk.client_id, key=draft_key(chosen.slug), by=desk.by)
    say(request, capital(proposed_sentence(desk, in_force=False)))
    return see_other("plans:item", client_id=desk.client_id, item_id=revision.item_id)
