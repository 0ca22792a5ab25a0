"""The practice's services and NPIs, and letting software in (practice screen 18)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.accounts.reauth import ask_again, confirmed_recently
from careplan.errors import NotYours, Refused
from careplan.software.scopes import Scope
from careplan.software.services import NewApiClient, add_api_client, end_api_client
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, refuse, render, say, see_other, staff_page
from clients.practice.who import who
from clients.selectors.staff import at_work
from plans.practice.billing import runs_software
from plans.selectors.money import clinicians_of, ensure_does_billing, services_of
from plans.services.billing import NewService, add_service, retire_service, set_clinician_number

GRANTED = [(scope.value, scope.label) for scope in (Scope.BILLING_READ, Scope.BILLING_WRITE)]


class ServiceForm(Form):
    """One service as the practice calls it."""

    code = forms.CharField(label="Code", max_length=40)
    modifier = forms.CharField(label="Modifier", required=False, max_length=40)
    name = forms.CharField(label="What you call it", max_length=200)
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=1, max_value=600)
    fee = forms.DecimalField(label="Fee", min_value=0, max_digits=9, decimal_places=2)
    currency = forms.CharField(label="Currency", max_length=3, min_length=3)
    before_plan = forms.BooleanField(label="It comes before there is a plan", required=False)


class SoftwareForm(Form):
    """For whom, and what they may do."""

    label = forms.CharField(label="What it is for", max_length=200)
    recipient = forms.CharField(
        label="Who receives", help_text="Exactly as the client’s permission names them.", max_length=200
    )
    scopes = forms.MultipleChoiceField(label="It may", choices=GRANTED, widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label="It ends after so many days", initial=180, min_value=1, max_value=366)
    jwks_url = forms.URLField(
        label="Address of its public keys",
        help_text="Only when it signs in with a key of its own.",
        required=False,
        assume_scheme="https",
    )


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: HttpRequest) -> HttpResponse:
    """The list, one more, and the NPIs."""
    by = who(request)
    ensure_does_billing(by)
    form = ServiceForm(request.POST or None, initial={"currency": "GBP"})
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "currency": form.cleaned_data["currency"].upper()}
        try:
            add_service(new=NewService(**said), by=by)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "It is in the list.")
            return see_other("billing:services")
    shown = {"form": form, "services": services_of(by), "clinicians": clinicians_of(by)}
    return (invalid if request.method == "POST" else render)(request, "plans/billing/services.html", shown)


@staff_page
@require_POST
def retire(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Takes one off the list."""
    retire_service(service_id=service_id, by=who(request))
    say(request, "It is off the list. Charges keep what they say.")
    return see_other("billing:services")


@staff_page
@require_POST
def npi(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Keeps somebody's NPI. Raises NotYours for somebody who does not work here."""
    by = who(request)
    if person_id not in {each.person_id for each in clinicians_of(by)}:
        raise NotYours
    set_clinician_number(person_id=person_id, npi=request.POST.get("npi", "").strip(), by=by)
    say(request, "Saved.")
    return see_other("billing:services")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_software(request: HttpRequest) -> HttpResponse:
    """Lets a recipient's software in; what it signs in with is shown once. The password counts for five minutes."""
    by = who(request)
    if not runs_software(request):
        raise NotYours
    if not confirmed_recently(request):
        return ask_again(request, request.path)
    form = SoftwareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _let_in(request, form, by)
    return (invalid if request.method == "POST" else render)(request, "plans/billing/add_software.html", {"form": form})


def _let_in(request: HttpRequest, form: SoftwareForm, by: Any) -> HttpResponse:
    _, practice = at_work(by)
    try:
        made = add_api_client(new=NewApiClient(**form.cleaned_data), practice_id=practice, by=by)
    except Refused as error:
        refuse(form, error)
        return invalid(request, "plans/billing/add_software.html", {"form": form})
    return render(request, "plans/billing/software_added.html", {"made": made, "label": form.cleaned_data["label"]})


@staff_page
@require_POST
def end_software(request: HttpRequest, software_id: UUID) -> HttpResponse:
    """Ends one at once, its tokens with it."""
    if not runs_software(request):
        raise NotYours
    end_api_client(api_client_id=software_id, by=who(request))
    say(request, "Ended. Its tokens no longer open anything.")
    return see_other("billing:practice")
