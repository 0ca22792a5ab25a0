"""Licences: one's own, and everybody's for whoever keeps them (SUP-1, practice screen 20)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.actor import Actor
from careplan.accounts.licences import (
    NewLicence,
    add_licence,
    end_licence,
    keeps_licences,
    licences,
    verify_licence,
)
from careplan.accounts.selectors import staff_of
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, Form
from careplan.ui.pages import invalid, refuse, render, say, see_other, staff_actor_of, staff_page


class LicenceForm(Form):
    """What a licence says, and whose it is."""

    person = forms.ChoiceField(label="Whose")
    kind = forms.CharField(label="Type", help_text="As a plan would name it, say “EMDR”.", max_length=120)
    number = forms.CharField(label="Number", max_length=60)
    jurisdiction = forms.CharField(label="Where it counts", max_length=120)
    expires_on = DayField(label="Last day (if it has one)", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]

    def new(self) -> NewLicence:
        """What was filled in."""
        said = self.cleaned_data
        return NewLicence(said["kind"], said["number"], said["jurisdiction"], said["expires_on"])


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def every_licence(request: HttpRequest) -> HttpResponse:
    """The licences this person may see, and the form for another."""
    by = _who(request)
    keeps = keeps_licences(by)
    form = LicenceForm(request.POST or None, people=_people(by, keeps), initial={"person": str(by.person_id)})
    if request.method == "POST" and form.is_valid():
        try:
            add_licence(person_id=UUID(form.cleaned_data["person"]), new=form.new(), by=by)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Added. It counts once a manager or practice lead has checked it.")
            return see_other("accounts:licences")
    page = invalid if request.method == "POST" else render
    shown = {"form": form, "licences": licences(by, everybody=keeps), "keeps": keeps}
    return page(request, "accounts/licences.html", shown)


@staff_page
@require_POST
def licence_checked(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """It was seen where it is registered."""
    verify_licence(licence_id=licence_id, by=_who(request))
    say(request, "Noted, with your name and today’s date.")
    return see_other("accounts:licences")


@staff_page
@require_POST
def licence_ended(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """It is held no more."""
    end_licence(licence_id=licence_id, by=_who(request))
    say(request, "Ended.")
    return see_other("accounts:licences")


def _who(request: HttpRequest) -> Actor:
    actor = staff_actor_of(request)
    if actor is None:
        raise NotYours
    return actor


def _people(by: Actor, keeps: bool) -> list[tuple[str, str]]:
    if by.practice_id is None or by.person_id is None:
        raise NotYours
    members = staff_of(by.practice_id)
    members = members if keeps else members.filter(person_id=by.person_id)
    return [(str(member.person_id), member.name) for member in members]
