"""Moving a line under another goal: the place is part of what was agreed, so it is asked anew (PLAN-5d)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.errors import Conflict, NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, say, see_other
from plans.kinds import ItemKind
from plans.practice.around import Desk, desk_of, ensure_may_write, plan_page, show
from plans.practice.choices import BY_ITSELF, parents
from plans.practice.item_forms import as_row
from plans.practice.tree import heading
from plans.services.items import move_item


class MoveForm(Form):
    """Where to, and the sentence the client reads."""

    parent = forms.ChoiceField(label="Put it under", required=False, widget=forms.RadioSelect)
    why = forms.CharField(label="Why?", required=False, max_length=500)
    base = forms.IntegerField(widget=forms.HiddenInput)


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Says that it needs new answers, then proposes the move."""
    desk = desk_of(request, client_id, item_id=item_id)
    ensure_may_write(desk)
    row = desk.item
    if row.standing.kind == ItemKind.STATEMENT:
        raise NotYours
    began = {"parent": str(row.standing.parent_id or ""), "base": row.highest.number}
    form = MoveForm(request.POST or None, initial=began)
    form.fields["parent"].choices = _places(desk)  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(request, desk, form)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    return _moved(request, desk, form)


def _places(desk: Desk) -> list[tuple[str, str]]:
    return [BY_ITSELF, *((str(each.id), each.title) for each in parents(desk, desk.item.standing.kind))]


def _moved(request: HttpRequest, desk: Desk, form: MoveForm) -> HttpResponse:
    given = form.cleaned_data
    if given["parent"] == str(desk.item.standing.parent_id or ""):
        form.add_error("parent", "it stands there already")
        return _page(request, desk, form, status=422)
    try:
        move_item(
            item_id=desk.item.id, parent_id=as_row(given["parent"]), base=given["base"], by=desk.by, why=given["why"]
        )
    except Conflict:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(request, desk, form, status=422)
    say(request, f"The move is with {desk.client.name}. Until {desk.client.answers}, it stays where it is.")
    return see_other("plans:item", client_id=desk.client_id, item_id=desk.item.id)


def _page(request: HttpRequest, desk: Desk, form: MoveForm, status: int = 200) -> HttpResponse:
    shown = {"form": form, "row": desk.item, "heading": heading(desk.item, desk.rows)}
    return show(request, desk, "plans/move.html", shown, status=status)
