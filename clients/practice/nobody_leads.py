"""Clients whom nobody leads, and giving them somebody: for managers and practice leads, who open no record (ACC-12)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.actor import Actor
from careplan.access.models import CareRole
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, refuse, render, say, see_other, staff_page
from clients.practice.who import who
from clients.selectors.leading import Unled, nobody_leads
from clients.selectors.staff import Colleague, at_work, colleagues
from clients.services.care import start_care


class LeadForm(Form):
    """Who leads from now on."""

    client = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.ChoiceField(label="Who leads their care", error_messages={"required": "Choose who leads."})

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(person.person_id), person.name) for person in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def without_lead(request: HttpRequest) -> HttpResponse:
    """Those of the practice whom nobody leads; a POST gives one of them somebody."""
    by = who(request)
    there, people = nobody_leads(by), colleagues(at_work(by)[1])
    sent = LeadForm(request.POST, people=people) if request.method == "POST" else None
    if sent is not None and _gave(sent, there, by):
        say(request, "They can open this record from now on, and the client sees that they do.")
        return see_other("clients:nobody_leads")
    rows = [{"unled": each, "form": _form_of(each, place, sent, people)} for place, each in enumerate(there)]
    shown = {"rows": rows, "sent": sent}
    return (render if sent is None else invalid)(request, "clients/nobody_leads.html", shown)


def _gave(form: LeadForm, there: list[Unled], by: Actor) -> bool:
    """Whether somebody leads now. Raises NotYours for a client who isn't among them."""
    if form.data.get("client") not in {str(each.client_id) for each in there}:
        raise NotYours
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        start_care(client_id=said["client"], person_id=UUID(said["person"]), role=CareRole.LEAD, by=by)
    except Refused as error:
        refuse(form, error)
        return False
    return True


def _form_of(unled: Unled, place: int, sent: LeadForm | None, people: list[Colleague]) -> LeadForm:
    """The form beside one of them: the one that was sent, or an empty one with ids of its own."""
    if sent is not None and sent.data.get("client") == str(unled.client_id):
        return sent
    return LeadForm(initial={"client": unled.client_id}, people=people, auto_id=f"lead{place}_%s")
