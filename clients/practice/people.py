"""The people around a client: the list, and somebody new."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form, Segments, begin_with
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import MayKnow, Told
from clients.practice.who import head_of, who
from clients.selectors.about import people_around
from clients.selectors.drafts import typed_before
from clients.services.drafts import forget_form
from clients.services.people import Around, add_person_around


class AroundForm(Form):
    """Somebody around the client, as the client describes them."""

    name = forms.CharField(
        label="What they are called", max_length=200, error_messages={"required": "Write what they are called."}
    )
    relation = forms.CharField(label="Who they are to the client", required=False, max_length=200)
    phone = forms.CharField(
        label="Phone", required=False, max_length=40, widget=forms.TextInput({"type": "tel", "autocomplete": "off"})
    )
    may_know = forms.MultipleChoiceField(
        label="What they may be told",
        help_text="As the client says. It opens no page to them.",
        required=False,
        choices=MayKnow.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    knows_they_are_listed = forms.ChoiceField(
        label="Do they know they are listed here?", choices=Told.choices, initial=Told.NOT_ASKED, widget=Segments
    )
    emergency_contact = forms.BooleanField(label="Somebody to turn to in an emergency", required=False)
    may_be_called = forms.ChoiceField(
        label="May they be called?", choices=Told.choices, initial=Told.NOT_ASKED, widget=Segments
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def around(self) -> Around:
        """Who was described."""
        said: dict[str, Any] = self.cleaned_data
        return Around(
            name=said["name"],
            relation=said["relation"],
            may_know=tuple(MayKnow(each) for each in said["may_know"]),
            knows_they_are_listed=Told(said["knows_they_are_listed"]),
            emergency_contact=said["emergency_contact"],
            may_be_called=Told(said["may_be_called"]),
            phone=said["phone"],
        )


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Who is around the client, and the form for somebody new."""
    head = head_of(request)
    form = begin_with(AroundForm(request.POST or None), typed_before(client_id, "around", who(request)))
    if request.method == "POST":
        if not head.may_change:
            raise NotYours
        if form.is_valid():
            try:
                add_person_around(client_id=client_id, around=form.around(), by=who(request))
            except Refused as error:
                refuse(form, error)
            else:
                forget_form(client_id=client_id, key="around", by=who(request))
                say(request, "Added.")
                return see_other("clients:people", client_id=client_id)
    page = invalid if request.method == "POST" else render
    return page(
        request,
        "clients/people.html",
        {"record": head, "current_tab": "clients:more", "people": people_around(client_id), "form": form},
    )
