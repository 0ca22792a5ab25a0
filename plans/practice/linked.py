"""Which diagnoses of the record a goal goes with: a page of its own, since no page of the goal shows them (PLAN-2)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import record_page, say, see_other
from clients.selectors.diagnoses import diagnoses
from clients.services.diagnoses import may_write_diagnoses
from plans.kinds import ItemKind
from plans.practice.around import desk_of, show
from plans.selectors.diagnoses import diagnoses_of_goal
from plans.services.diagnoses import link_diagnoses


class LinkedForm(Form):
    """The diagnoses that stand, to tick."""

    diagnoses = forms.MultipleChoiceField(
        label="This goal goes with", required=False, widget=forms.CheckboxSelectMultiple
    )


@record_page(DataClass.PLAN, DataClass.NOTE, DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def linked(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """The diagnoses that stand, ticked where the goal is linked to one."""
    desk = desk_of(request, client_id, item_id=item_id)
    if not may_write_diagnoses(client_id):
        raise NotYours
    if desk.item.standing.kind != ItemKind.GOAL:
        raise Refused("Only a goal goes with a diagnosis.")
    standing = diagnoses(client_id).standing
    sent = request.POST if request.method == "POST" else None  # nothing ticked is an answer too
    form = LinkedForm(sent, initial={"diagnoses": list(map(str, diagnoses_of_goal(item_id)))})
    form.fields["diagnoses"].choices = [(str(line.id), line.called) for line in standing]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        link_diagnoses(item_id=item_id, diagnoses=map(UUID, form.cleaned_data["diagnoses"]), by=desk.by)
        say(request, "Saved. What was agreed in the goal is as it was.")
        return see_other("plans:item", client_id=client_id, item_id=item_id)
    shown = {"form": form, "row": desk.item, "standing": standing}
    return show(request, desk, "plans/linked.html", shown, status=422 if form.errors else 200)
