"""The forms of one record's billing: what a claim says, who pays, what was allowed, a session, a charge put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from careplan.access.actor import Actor
from careplan.ids import uuid7
from careplan.ui.forms import DayField, Form, Words
from clients.selectors.staff import at_work, colleagues
from plans.billing.kinds import AdministrativeSex, Relation
from plans.billing.profiles import profile_choices
from plans.models import Charge, ServiceCode
from plans.selectors.money import Cover

PLACES = [("", "Not said"), ("11", "Practice"), ("10", "By video, at home"), ("12", "At the client’s home")]
Choices = list[tuple[str, str]]


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


class AuthorisationForm(Form):
    """What a payer allowed beforehand, as its letter says it."""

    coverage = forms.ChoiceField(label="Which payer")
    number = forms.CharField(label="Authorisation number", max_length=40)
    service = forms.ChoiceField(label="Service")
    units = forms.IntegerField(label="Units allowed", min_value=1, max_value=999)
    times_a_week = forms.IntegerField(label="Times a week", required=False, min_value=1, max_value=14)
    starts_on = DayField(label="From")
    ends_on = DayField(label="Until", required=False)


class SessionForm(Form):
    """A session that took place, when no calendar told it. `key` makes a second press the same charge."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    service_on = DayField(label="Day")
    held_by = forms.ChoiceField(label="Who held it")
    service = forms.ChoiceField(label="Service", required=False)
    units = forms.IntegerField(label="Units", initial=1, min_value=1, max_value=99)
    place = forms.ChoiceField(label="Where", choices=PLACES, required=False)


class ChargeForm(Form):
    """What may be put right about a charge."""

    service = forms.ChoiceField(label="Service")
    units = forms.IntegerField(label="Units", min_value=1, max_value=99)
    place = forms.ChoiceField(label="Where", choices=PLACES, required=False)
    held_by = forms.ChoiceField(label="Who held it")
    diagnoses = forms.MultipleChoiceField(
        label="Diagnosis codes on it", required=False, widget=forms.CheckboxSelectMultiple, help_text="None means all."
    )


RECORD_FORMS: dict[str, type[Form]] = {
    "details": DetailsForm,
    "coverage": CoverageForm,
    "authorisation": AuthorisationForm,
    "session": SessionForm,
}


def offer(form: Form, name: str, choices: Choices, *, empty: str = "Choose") -> None:
    """Fills a list of the form; what it begins with is nobody's choice."""
    field = form.fields[name]
    field.choices = [("", empty), *choices]  # type: ignore[attr-defined]


def service_choices(services: Iterable[ServiceCode]) -> Choices:
    """The practice's list."""
    return [(f"{each.code}|{each.modifier}", f"{each.name} ({each})") for each in services]


def coverage_choices(coverages: Iterable[Cover]) -> Choices:
    """Who pays for this client."""
    return [(each.id, each.payer) for each in coverages]


def held_choices(by: Actor) -> Choices:
    """Everybody here who holds sessions. One query."""
    return [(str(each.person_id), each.name) for each in colleagues(at_work(by)[1])]


def session_initial(by: Actor, held: Choices) -> dict[str, Any]:
    """A session begins with a key of its own, and with whoever writes it down when they hold sessions themselves."""
    me = str(by.person_id)
    return {"key": uuid7(), "held_by": me if me in dict(held) else ""}


def charge_initial(row: Charge, services: Sequence[ServiceCode]) -> dict[str, Any]:
    """A charge as it stands; without a code, the one service of that many minutes where there is just one."""
    named = f"{row.service_code}|{row.modifier}" if row.service_code else _the_one_so_long(row.minutes, services)
    return {
        "service": named,
        "units": row.units,
        "place": row.place,
        "held_by": str(row.rendering_id),
        "diagnoses": row.diagnosis_codes,
    }


def _the_one_so_long(minutes: int | None, services: Sequence[ServiceCode]) -> str:
    fits = [f"{each.code}|{each.modifier}" for each in services if minutes and each.minutes == minutes]
    return fits[0] if len(fits) == 1 else ""
