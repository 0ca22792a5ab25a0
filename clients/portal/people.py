"""People around me (CLIENT-4): who they are, what they may know; listing somebody opens nothing to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.forms import Form, Segments, begin_with
from careplan.ui.pages import client_page, invalid, refuse, render, say, see_other
from clients.models import MayKnow, PersonAround, Told
from clients.portal.about import moment_of
from clients.selectors.about import people_around, person_around
from clients.selectors.drafts import typed_before
from clients.services.drafts import forget_form
from clients.services.people import Around, add_person_around, edit_person_around, remove_person_around


class SomebodyForm(Form):
    """Somebody around me."""

    name = forms.CharField(label=gettext_lazy("What they are called"), max_length=200)
    relation = forms.CharField(label=gettext_lazy("Who they are to me"), required=False, max_length=200)
    may_know = forms.MultipleChoiceField(
        label=gettext_lazy("What they may be told"),
        required=False,
        choices=MayKnow.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    knows_they_are_listed = forms.ChoiceField(
        label=gettext_lazy("Do they know they are listed here?"),
        choices=Told.choices,
        initial=Told.NOT_ASKED,
        widget=Segments,
    )
    emergency_contact = forms.BooleanField(label=gettext_lazy("Somebody to turn to in an emergency"), required=False)
    may_be_called = forms.ChoiceField(
        label=gettext_lazy("May they be called?"), choices=Told.choices, initial=Told.NOT_ASKED, widget=Segments
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def around(self) -> Around:
        """Who was described."""
        said: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Around(**{**said, "may_know": tuple(map(MayKnow, said["may_know"]))})


@client_page(DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Who is listed, and the form for somebody new."""
    by = request.actor  # type: ignore[attr-defined]
    form = begin_with(SomebodyForm(request.POST or None), typed_before(client_id, "around", by))
    if request.method == "POST" and form.is_valid():
        try:
            add_person_around(client_id=client_id, around=form.around(), by=by)
        except Refused as error:
            refuse(form, error)
        else:
            forget_form(client_id=client_id, key="around", by=by)
            say(request, _("Added."))
            return see_other("my:people")
    shown = {"people": people_around(client_id), "form": form, "current_entry": "my:more"}
    return (invalid if request.method == "POST" else render)(request, "clients/my/people.html", shown)


@client_page(DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, client_id: UUID, person_around_id: UUID) -> HttpResponse:
    """One of them, to change."""
    row = person_around(client_id, person_around_id)
    form = SomebodyForm(request.POST or None, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        try:
            edit_person_around(
                client_id=client_id,
                person_around_id=person_around_id,
                around=form.around(),
                by=request.actor,  # type: ignore[attr-defined]
                seen=moment_of(form.cleaned_data["seen"]),
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, _("Saved."))
            return see_other("my:people")
    shown = {"person": row, "form": form, "current_entry": "my:more"}
    return (invalid if request.method == "POST" else render)(request, "clients/my/person.html", shown)


@client_page(DataClass.IDENTITY)
@require_POST
def take_off(request: HttpRequest, client_id: UUID, person_around_id: UUID) -> HttpResponse:
    """From today nobody is told anything through the list."""
    remove_person_around(client_id=client_id, person_around_id=person_around_id, by=request.actor)  # type: ignore[attr-defined]
    say(request, _("Taken off."))
    return see_other("my:people")


def _initial(row: PersonAround) -> dict[str, object]:
    names = [name for name in SomebodyForm.base_fields if name != "seen"]
    return {**{name: getattr(row, name) for name in names}, "seen": row.changed_at.isoformat()}
