"""Billing of the practice: readiness of each session, charges, the file, software (practice screen 18)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from careplan.accounts.reauth import ask_again, confirmed_recently
from careplan.errors import NotYours, Refused
from careplan.software.selectors import software_of
from careplan.ui.forms import Form
from careplan.ui.pages import render, staff_opens, staff_page
from clients.practice.who import who
from clients.selectors.staff import at_work
from plans.billing.jobs import RUNS_SOFTWARE
from plans.models import Authorisation, Charge
from plans.selectors.claims import authorised, charges, claim_facts, coverage_of
from plans.selectors.money import ensure_does_billing, practice_billing, ready_for
from plans.selectors.readiness import Facts
from plans.services.charges import hand_over

COLUMNS = (
    *("charge", "service_on", "service_code", "modifier", "units", "place", "fee", "currency", "diagnoses"),
    *("rendering_npi", "rendering_licence", "supervising_npi", "supervising_licence"),
    *("legal_name", "birth_date", "address", "administrative_sex", "payer", "payer_id", "member_id", "subscriber"),
    *("relation", "authorisation"),
)
AT_ONCE = 200


class SendForm(Form):
    """To whom the file goes, as the clients' permissions name them."""

    recipient = forms.CharField(label="To whom, as the permission names them", max_length=200)


@staff_page
@require_safe
def billing(request: HttpRequest) -> HttpResponse:
    """The page."""
    by = who(request)
    _, practice = at_work(by)
    shown = {
        "money": practice_billing(by),
        "software": software_of(practice),
        "runs_software": runs_software(request),
        "form": SendForm(),
    }
    return render(request, "plans/billing/practice.html", shown)


def runs_software(request: HttpRequest) -> bool:
    """Says whether this person lets software in and ends it."""
    return bool(set(getattr(getattr(request, "staff", None), "roles", ())) & set(RUNS_SOFTWARE))


@staff_opens
@require_POST
def send(request: HttpRequest, by: Actor) -> HttpResponse:
    """The ready charges for one recipient as a file; from then on they are sent (BILL-9)."""
    if not confirmed_recently(request):
        return ask_again(request, reverse("billing:practice"))
    form = SendForm(request.POST)
    if not form.is_valid():
        raise Refused("Say to whom, as the client’s permission names them.")
    recipient = form.cleaned_data["recipient"].strip()
    with acting(by):
        ensure_does_billing(by)
        places = ready_for(recipient)[:AT_ONCE]
    if not places:
        raise Refused("There is nothing ready that this recipient may have.")
    return _file(_lines(places, recipient, by))


def _lines(places: list[tuple[UUID, UUID]], recipient: str, by: Actor) -> list[list[str]]:
    clients = {client for _, client in places}
    with opened(by, clients=clients, classes={DataClass.BILLING}, via="page:billing:send"):
        ids = [charge for charge, _ in places]
        rows = charges(hand_over(ids, to=recipient))  # what the hand-over let go, and no more
        if not rows:
            raise NotYours
        facts = claim_facts(sorted({row.client_id for row in rows}))
        allowed = authorised(rows)
        return [_line(row, facts[row.client_id], allowed.get(row.id)) for row in rows]


def _line(row: Charge, said: Facts, allowed: Authorisation | None) -> list[str]:
    cover = coverage_of(row, said, allowed)
    return [
        *(str(row.id), str(row.service_on), row.service_code, row.modifier, str(row.units), row.place),
        *(str(row.fee), row.currency, " ".join(row.diagnosis_codes)),
        *(row.rendering_npi, row.rendering_licence, row.supervising_npi, row.supervising_licence),
        *(str(said[name] or "") for name in ("legal_name", "birth_date", "address", "administrative_sex")),
        *(str(cover.get(name, "")) for name in ("payer", "payer_id", "member_id", "subscriber", "relation")),
        allowed.number if allowed else "",
    ]


def _file(lines: Iterable[list[str]]) -> HttpResponse:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    answer = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="charges.csv"'
    return answer


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
