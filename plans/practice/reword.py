"""Proposing another wording: write, read the change as the client will, propose; two at once lose nothing (PLAN-15)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.errors import Conflict, Refused
from careplan.ui.pages import refuse, say, see_other
from plans.content import Content
from plans.models import ItemRevision
from plans.practice.around import Desk, desk_of, ensure_may_write, plan_page, show
from plans.practice.choices import offered
from plans.practice.compare import asked, differences
from plans.practice.desk import draft_key, item_page
from plans.practice.item_forms import ItemForm, form_for, kept_of
from plans.selectors.people import deciders_of
from plans.services.drafts import drop_draft, save_draft
from plans.services.items import propose_revision
from plans.services.off_table import OffTheTable

CLIENTS_OWN = "These are the client’s own words. They change on a sheet you write together."


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Takes a new wording of a line; opened by its address it is the line's page."""
    desk = desk_of(request, client_id, item_id=item_id)
    if request.method != "POST":
        return item_page(request, desk)
    ensure_may_write(desk)
    standing = desk.item.standing
    made = form_for(standing.kind, standing.statement_type)
    if made is None:
        raise Refused(CLIENTS_OWN)
    if request.POST.get("do") == "draft":
        return _keep(request, desk)
    form = made(request.POST, choices=offered(desk, standing.kind))
    content = form.content(kept_of(_latest(desk), made)) if form.is_valid() else None
    if content is None or request.POST.get("do") == "write":
        return item_page(request, desk, form=form, status=422 if form.errors else 200)
    if request.POST.get("do") == "review":
        return _review(request, desk, form, content)
    return _propose(request, desk, form, content)


def _latest(desk: Desk) -> Content:
    """What a new wording is measured against: the open one, else the one in force."""
    row = desk.item
    return (row.open or row.in_force or row.highest).content


def _keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    save_draft(client_id=desk.client_id, key=draft_key(desk.item.id), content=typed(request), by=desk.by)
    say(request, "Kept as a draft. Only you can read it.")
    return see_other("plans:item", client_id=desk.client_id, item_id=desk.item.id)


def typed(request: HttpRequest) -> dict[str, Any]:
    """Everything typed into a form, to be kept."""
    return {name: values for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "do", "base")}


def _review(request: HttpRequest, desk: Desk, form: ItemForm, content: Content) -> HttpResponse:
    """The change as it will be read: old and new, whose answer it asks for, the sentence, the reason (screen 5)."""
    row = desk.item
    before = row.in_force.content if row.in_force else None
    people = desk.rows.names | {desk.by.person_id: "You"} if desk.by.person_id else desk.rows.names
    shown = {
        "row": row,
        "form": form,
        "differences": differences(before or row.highest.content, content, desk.titles, people),
        "in_force": before is not None,
        "asked": asked(content, before, deciders_of(desk.client_id), desk.client, desk.front.is_therapist),
        "why": form.cleaned_data["why"],
        "typed": [(name, value) for name, values in typed(request).items() for value in values],
        "base": form.cleaned_data["base"],
    }
    return show(request, desk, "plans/review_change.html", shown)


def _propose(request: HttpRequest, desk: Desk, form: ItemForm, content: Content) -> HttpResponse:
    row = desk.item
    try:
        propose_revision(
            item_id=row.id,
            base=form.cleaned_data["base"] or 0,
            content=content,
            by=desk.by,
            why=form.cleaned_data["why"],
            raise_anyway=request.POST.get("raise_anyway") == "yes",
        )
    except Conflict as moved:
        return _moved(request, desk, form, moved)
    except OffTheTable as off:
        return item_page(request, desk, form=form, status=422, more={"off_the_table": off})
    except Refused as refused:
        refuse(form, refused)
        return item_page(request, desk, form=form, status=422)
    drop_draft(client_id=desk.client_id, key=draft_key(row.id), by=desk.by)
    say(request, proposed_sentence(desk, in_force=row.in_force is not None))
    return see_other("plans:item", client_id=desk.client_id, item_id=row.id)


def proposed_sentence(desk: Desk, *, in_force: bool) -> str:
    """What staff read after they proposed."""
    name = desk.client.name
    if in_force:
        return f"Your new wording is with {name}. The old one counts until {desk.client.answers}."
    return f"Your proposal is with {name}. It counts once {desk.client.says} yes."


def _moved(request: HttpRequest, desk: Desk, form: ItemForm, moved: Conflict) -> HttpResponse:
    """Both texts, with what was typed kept and now written on the newer one."""
    theirs, yours = moved.moved.get("theirs"), moved.moved.get("yours")
    latest = ItemRevision.objects.get(id=str(moved.moved["latest_id"]))
    who = "You" if latest.author_id == desk.by.person_id else desk.rows.names.get(latest.author_id, desk.client.name)
    newer = request.POST.copy()
    newer["base"] = str(moved.moved["latest_number"])
    form.data = newer
    shown = {
        "sentence": moved.sentence,
        "author": "you" if who == "You" else who,
        "whose": "your earlier ones" if who == "You" else f"{who}’s",
        "differences": differences(yours, theirs, desk.titles, desk.rows.names),  # type: ignore[arg-type]
    }
    return item_page(request, desk, form=form, status=409, more={"theirs": shown})
