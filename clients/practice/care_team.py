"""The care team: who is in it, who joins, who leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.practice.who import head_of, who
from clients.selectors.staff import Colleague, care_team, colleagues
from clients.services.care import end_care, may_arrange_care, start_care


class JoinForm(Form):
    """Who joins, as what."""

    person = forms.ChoiceField(label="Who", error_messages={"required": "Choose who joins."})
    role = forms.ChoiceField(label="As", choices=[("", "Choose"), *CareRole.choices],
                             error_messages={"required": "Choose what they join as."})  # fmt: skip

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(person.person_id), person.name) for person in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The care team, and for its lead the form for somebody new."""
    by, head = who(request), head_of(request)
    arranges = may_arrange_care(client_id, by)
    if request.method == "POST" and not arranges:
        raise NotYours
    form = JoinForm(request.POST or None, people=colleagues(by.practice_id)) if arranges and by.practice_id else None
    if request.method == "POST" and form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            start_care(client_id=client_id, person_id=UUID(said["person"]), role=CareRole(said["role"]), by=by)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "They can open this record from now on.")
            return see_other("clients:team", client_id=client_id)
    page = invalid if request.method == "POST" else render
    shown = {"record": head, "current_tab": "clients:more", "team": care_team(client_id, by), "form": form}
    return page(request, "clients/team.html", shown)


@record_page(DataClass.IDENTITY)
@require_POST
def end_place(request: HttpRequest, client_id: UUID, relationship_id: UUID) -> HttpResponse:
    """Ends somebody's place, and their access with it."""
    by = who(request)
    mine = any(line.relationship_id == relationship_id and line.is_me for line in care_team(client_id, by))
    end_care(client_id=client_id, relationship_id=relationship_id, by=by, reason=request.POST.get("reason", ""))
    say(request, "Ended. This record can’t be opened under it any more.")
    return see_other("clients:list") if mine else see_other("clients:team", client_id=client_id)
