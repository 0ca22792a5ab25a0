"""What was told to others, and writing one down: on a consent, by law, in an emergency (practice screen 10, CONS-8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.hooks import clock_of
from careplan.ui.forms import DayField, Form, Words, begin_with
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.consents.packs import Pack
from clients.models import Basis, Through
from clients.practice.consent_ask import SCOPES
from clients.practice.who import head_of, who
from clients.selectors.consents import disclosures
from clients.selectors.drafts import typed_before
from clients.services.disclosures import Telling, record_disclosure
from clients.services.drafts import forget_form


class DisclosureForm(Form):
    """What was told, to whom, why, and on what ground."""

    what = forms.CharField(label="What was told", max_length=5000, widget=Words)
    recipient = forms.CharField(label="To whom", help_text="The organisation, or the person.", max_length=200)
    told_to = forms.CharField(label="Who there was told", required=False, max_length=200)
    why = forms.CharField(label="Why", max_length=2000)
    scope = forms.MultipleChoiceField(
        label="Which kinds of information", choices=SCOPES, required=False, widget=forms.CheckboxSelectMultiple
    )
    ground = forms.ChoiceField(label="The ground it stands on", choices=())
    facts = forms.CharField(
        label="The facts it stands on",
        help_text="By law or in an emergency: what was known then, and what was not.",
        required=False,
        max_length=5000,
        widget=Words,
    )
    through = forms.ChoiceField(label="How it went", choices=Through.choices)
    day = DayField(label="Day")
    at = forms.TimeField(label="Time", widget=forms.TimeInput({"type": "time"}))
    supervisor_told = forms.CharField(label="Supervisor who was told", required=False, max_length=200)
    goes_on_until = DayField(
        label="The law asks for it again until", help_text="For an order that stands for a time.", required=False
    )
    withheld_until = DayField(
        label="The client reads it after", help_text="Empty: they read it at once.", required=False
    )
    withheld_why = forms.CharField(label="Why not at once", required=False, max_length=2000)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [(each.key, f"{Basis(each.basis).label}: {each.words}") for each in pack.legal_grounds]
        self.fields["ground"].choices = [("", "Choose"), (Basis.CONSENT, Basis.CONSENT.label), *grounds]  # type: ignore[attr-defined]
        self.bases = {each.key: each.basis for each in pack.legal_grounds}

    def telling(self, client_id: UUID) -> Telling:
        """What was filled in; the time is the client's own."""
        said = dict(self.cleaned_data)
        ground, day, at = said.pop("ground"), said.pop("day"), said.pop("at")
        return Telling(
            **{**said, "scope": [DataClass(each) for each in said["scope"]]},
            basis=self.bases.get(ground, Basis.CONSENT),
            basis_code=ground if ground in self.bases else "",
            told_on=datetime.combine(day, at, tzinfo=clock_of(client_id)),
        )


@record_page(DataClass.CONSENT, DataClass.IDENTITY, DataClass.CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def told_to_others(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """All of them, and the form for one more."""
    head, told = head_of(request), disclosures(client_id)
    if request.method == "POST" and not head.may_ask:
        raise NotYours
    form = DisclosureForm(request.POST or None, pack=told.pack, initial=_now(client_id))
    begin_with(form, typed_before(client_id, "disclosure", who(request)))
    if request.method == "POST" and form.is_valid():
        try:
            record_disclosure(client_id=client_id, telling=form.telling(client_id), by=who(request))
        except Refused as error:
            refuse(form, error)
        else:
            forget_form(client_id=client_id, key="disclosure", by=who(request))
            say(request, "Written down.")
            return see_other("clients:disclosures", client_id=client_id)
    shown = {"record": head, "current_tab": "clients:consents", "told": told, "form": form}
    page = invalid if request.method == "POST" else render
    return page(request, "clients/disclosures.html", shown)


def _now(client_id: UUID) -> dict[str, Any]:
    here = timezone.localtime(timezone=clock_of(client_id))
    return {"day": here.date(), "at": here.strftime("%H:%M")}
