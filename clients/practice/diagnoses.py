"""The diagnoses of a record: written, changed, told, ended, and how the client sees each (PLAN-2)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form, OwnWords, Segments
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import Certainty, CodeSystem, DiagnosisEnd, How
from clients.practice.about import SAID_TO_US
from clients.practice.who import head_of, who
from clients.selectors.diagnoses import DiagnosisLine, diagnoses, diagnosis
from clients.services.diagnoses import (
    Called,
    end_diagnosis,
    has_account,
    may_write_diagnoses,
    record_diagnosis,
    reword_diagnosis,
    share_diagnosis,
    write_own_view,
)

diagnosis_page = record_page(DataClass.NOTE, DataClass.PLAN, DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
YES, NO = "yes", "no"


class CalledForm(Form):
    """What it is called."""

    label = forms.CharField(label="What it is called", max_length=300)
    code_system = forms.ChoiceField(label="Code from", choices=CodeSystem.choices, initial=CodeSystem.NONE)
    code = forms.CharField(label="Code", required=False, max_length=40)
    certainty = forms.ChoiceField(label="How sure", choices=Certainty.choices, initial=Certainty.PROVISIONAL)

    def called(self) -> Called:
        """What was filled in."""
        said = self.cleaned_data
        return Called(said["label"], CodeSystem(said["code_system"]), said["code"], Certainty(said["certainty"]))


class NewForm(CalledForm):
    """A new one, and whether the client knows of it. Nothing is chosen beforehand."""

    shared = forms.ChoiceField(
        label="Have you talked it over with them?",
        help_text="With “Yes” they read it in their own pages, and may say how they see it.",
        choices=[(YES, "Yes"), (NO, "Not yet")],
        widget=Segments,
    )


class ChangedForm(CalledForm):
    """Other words for it, on the number that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ViewForm(Form):
    """How the client sees it, typed as they say it."""

    words = forms.CharField(label="As they say it", required=False, max_length=10_000, widget=OwnWords)
    how = forms.ChoiceField(label="How they told you", choices=SAID_TO_US)


@diagnosis_page
@require_http_methods(["GET", "HEAD", "POST"])
def every_diagnosis(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Every diagnosis with the client's view beside it, and for those who write them the form for another."""
    head, writes = head_of(request), may_write_diagnoses(client_id)
    if request.method == "POST" and not writes:
        raise NotYours
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shared = form.cleaned_data["shared"] == YES
        try:
            record_diagnosis(client_id=client_id, called=form.called(), shared=shared, by=who(request))
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Written down.")
            return see_other("clients:diagnoses", client_id=client_id)
    page = invalid if request.method == "POST" else render
    shown = {"record": head, "current_tab": "clients:more", "diagnoses": diagnoses(client_id), "form": form}
    return page(request, "clients/diagnoses.html", {**shown, "may_write": writes})


@diagnosis_page
@require_http_methods(["GET", "HEAD", "POST"])
def one_diagnosis(request: HttpRequest, client_id: UUID, diagnosis_id: UUID) -> HttpResponse:
    """One to change."""
    line = _to_change(client_id, diagnosis_id)
    form = ChangedForm(request.POST or None, initial=_initial(line))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            reword_diagnosis(
                client_id=client_id, diagnosis_id=diagnosis_id, called=form.called(), seen=seen, by=who(request)
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Saved. What it was called before stays in the record.")
            return see_other("clients:diagnoses", client_id=client_id)
    return _one(request, line, form=form)


@diagnosis_page
@require_POST
def own_view(request: HttpRequest, client_id: UUID, diagnosis_id: UUID) -> HttpResponse:
    """How the client sees it, written down as they said it while they have no pages of their own."""
    line, form = _to_change(client_id, diagnosis_id), ViewForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            write_own_view(
                client_id=client_id,
                diagnosis_id=diagnosis_id,
                words=said["words"],
                how=How(said["how"]),
                by=who(request),
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Kept as it was said.")
            return see_other("clients:diagnoses", client_id=client_id)
    return _one(request, line, view_form=form)


@diagnosis_page
@require_POST
def tell_diagnosis(request: HttpRequest, client_id: UUID, diagnosis_id: UUID) -> HttpResponse:
    """It has been talked over with the client."""
    share_diagnosis(client_id=client_id, diagnosis_id=diagnosis_id, by=who(request))
    say(request, "Noted. They can read it from now on.")
    return see_other("clients:diagnoses", client_id=client_id)


@diagnosis_page
@require_POST
def close_diagnosis(request: HttpRequest, client_id: UUID, diagnosis_id: UUID) -> HttpResponse:
    """It no longer holds, or never did."""
    _to_change(client_id, diagnosis_id)
    ended_as = request.POST.get("ended_as", "")
    if ended_as not in DiagnosisEnd.values:
        raise Refused("Say whether it no longer holds or was entered in error.")
    end_diagnosis(client_id=client_id, diagnosis_id=diagnosis_id, ended_as=DiagnosisEnd(ended_as), by=who(request))
    say(request, "Ended. What was written stays in the record.")
    return see_other("clients:diagnoses", client_id=client_id)


def _to_change(client_id: UUID, diagnosis_id: UUID) -> DiagnosisLine:
    if not may_write_diagnoses(client_id):
        raise NotYours
    return diagnosis(client_id, diagnosis_id)


def _initial(line: DiagnosisLine) -> dict[str, Any]:
    names = ("label", "code_system", "code", "certainty")
    return {**{name: getattr(line, name) for name in names}, "seen": line.number}


def _one(
    request: HttpRequest, line: DiagnosisLine, *, form: ChangedForm | None = None, view_form: ViewForm | None = None
) -> HttpResponse:
    head = head_of(request)
    begun = {"words": line.view.words if line.view else ""}
    shown = {
        "record": head,
        "current_tab": "clients:more",
        "diagnosis": line,
        "form": form or ChangedForm(initial=_initial(line)),
        "view_form": view_form or (None if has_account(head.client_id) else ViewForm(initial=begun)),
        "ends": DiagnosisEnd.choices,
    }
    page = invalid if request.method == "POST" else render
    return page(request, "clients/diagnosis.html", shown)
