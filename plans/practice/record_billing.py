"""The billing of one record: who pays, what a claim says, sessions and charges."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, Form, Words
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import Client
from clients.practice.who import head_of, who
from clients.services.change import may_write
from plans.billing.kinds import AdministrativeSex, Relation
from plans.billing.profiles import profile_choices
from plans.selectors.money import record_billing, services_of
from plans.selectors.readiness import readiness
from plans.services.billing import NewCoverage, add_coverage, end_coverage, update_billing_details
from plans.services.charges import KeptSession, charge_session, correct_charge, settle_charge

PLACES = [("", "Not said"), ("11", "Practice"), ("10", "By video, at home"), ("12", "At the client’s home")]
CLASSES = (DataClass.BILLING, DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)


class DetailsForm(Form):
    """What a claim says beside the legal name and the birth date."""

    address = forms.CharField(label="Address on claims", required=False, max_length=1000, widget=Words)
    administrative_sex = forms.ChoiceField(
        label="Administrative sex", required=False, choices=AdministrativeSex.choices, help_text="As the policy has it."
    )


class CoverageForm(Form):
    """Who pays, as the card says it."""

    payer = forms.CharField(label="Payer", max_length=200)
    payer_id = forms.CharField(label="Payer’s id", required=False, max_length=40)
    member_id = forms.CharField(label="Member id", max_length=40)
    relation = forms.ChoiceField(label="Whose policy", choices=Relation.choices)
    subscriber = forms.CharField(label="Who holds it, when it is not the client", required=False, max_length=200)
    profile = forms.ChoiceField(label="This payer asks for", choices=profile_choices)
    starts_on = DayField(label="From", required=False)
    ends_on = DayField(label="Until", required=False)


class SessionForm(Form):
    """A session that took place, when no calendar told it."""

    service_on = DayField(label="Day")
    service = forms.ChoiceField(label="Service")
    units = forms.IntegerField(label="Units", initial=1, min_value=1, max_value=99)
    place = forms.ChoiceField(label="Where", choices=PLACES, required=False)


FORMS = {"details": DetailsForm, "coverage": CoverageForm, "session": SessionForm}


@record_page(*CLASSES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The page; each of its forms says which it is."""
    by, writes = who(request), may_write(client_id, DataClass.BILLING)
    money = record_billing(client_id)  # raises nothing: an opening without class billing shows no rows
    if not _reads_billing(client_id):
        raise NotYours
    services = services_of(by)
    bound = _forms(request, money, services)
    do = request.POST.get("do", "")
    if request.method == "POST":
        if not writes or do not in bound:
            raise NotYours
        if bound[do].is_valid():
            try:
                _save(do, client_id, bound[do].cleaned_data, by, services)
            except Refused as error:
                refuse(bound[do], error)
            else:
                say(request, "Saved.")
                return see_other("billing:record", client_id=client_id)
    page = invalid if request.method == "POST" else render
    return page(request, "plans/billing/record.html", _shown(request, client_id, money, bound, writes, do))


def _reads_billing(client_id: UUID) -> bool:
    try:
        readiness(client_id=client_id, on=timezone.localdate())
    except NotYours:
        return False
    return True


def _forms(request: HttpRequest, money: Any, services: list[Any]) -> dict[str, Form]:
    do, post = request.POST.get("do", ""), request.POST
    details = money.details
    initial = {"address": details.address, "administrative_sex": details.administrative_sex} if details else {}
    bound = {
        name: form(post if do == name else None, prefix=name, initial=initial if name == "details" else None)
        for name, form in FORMS.items()
    }
    choices = [(f"{each.code}|{each.modifier}", f"{each.name} ({each})") for each in services]
    bound["session"].fields["service"].choices = [("", "No code yet"), *choices]  # type: ignore[attr-defined]
    bound["session"].fields["service"].required = False
    return bound


def _save(do: str, client_id: UUID, said: dict[str, Any], by: Any, services: list[Any]) -> None:
    match do:
        case "details":
            update_billing_details(client_id=client_id, by=by, **said)
        case "coverage":
            said["relation"] = Relation(said["relation"])
            add_coverage(client_id=client_id, new=NewCoverage(**said), by=by)
        case "session":
            code, _, modifier = said.pop("service").partition("|")
            session = KeptSession(rendering=by.person_id, service_code=code, modifier=modifier, **said)
            charge_session(client_id=client_id, session=session, by=by)


def _shown(
    request: HttpRequest, client_id: UUID, money: Any, bound: dict[str, Form], writes: bool, do: str
) -> dict[str, Any]:
    by = who(request)
    cares = by_care(client_id, request)
    return {
        "record": head_of(request) if cares else None,
        "shell": "ui/record.html" if cares else "ui/practice.html",
        "name_used": Client.objects.values_list("name_used", flat=True).get(client_id=client_id),
        "client_id": client_id,
        "current_tab": "clients:more",
        "money": money,
        "forms": bound,
        "wrong": bound.get(do),
        "writes": writes,
        "today": readiness(client_id=client_id, on=timezone.localdate()),
        "me": by.person_id,
    }


def by_care(client_id: UUID, request: HttpRequest) -> bool:
    """Says whether somebody is here by caring for the client, and not by doing the practice's billing."""
    return (
        may_write(client_id, DataClass.IDENTITY)
        or Client.objects.filter(client_id=client_id, summary__isnull=False, identity__isnull=False).exists()
    )


@record_page(DataClass.BILLING)
@require_POST
def end_cover(request: HttpRequest, client_id: UUID, coverage_id: UUID) -> HttpResponse:
    """Ends a coverage today."""
    end_coverage(client_id=client_id, coverage_id=coverage_id, by=who(request))
    say(request, "Ended. Charges that were sent keep what they said.")
    return see_other("billing:record", client_id=client_id)


@record_page(DataClass.BILLING)
@require_POST
def look_again(request: HttpRequest, client_id: UUID, charge_id: UUID) -> HttpResponse:
    """Looks again at what blocks a charge, or makes the correction of one that was sent back."""
    act = correct_charge if request.POST.get("do") == "correct" else settle_charge
    act(client_id=client_id, charge_id=charge_id, by=who(request))
    return see_other("billing:record", client_id=client_id)
