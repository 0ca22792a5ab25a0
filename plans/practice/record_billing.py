"""The billing of one record: who pays, what a claim says, sessions and charges."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, UUIDField, Value
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import Client
from clients.practice.who import head_of, who
from plans.billing.kinds import Relation
from plans.practice import billing_forms as shapes
from plans.selectors.money import RecordBilling, record_billing, services_of
from plans.selectors.readiness import readiness
from plans.services.authorisations import NewAuthorisation, add_authorisation
from plans.services.billing import NewCoverage, add_coverage, end_coverage, update_billing_details
from plans.services.charges import KeptSession, charge_session, settle_charge

CLASSES = (DataClass.BILLING, DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
WRITTEN = Func(
    Value(DataClass.BILLING.value), Value(True), function="guard.opened", output_field=ArrayField(UUIDField())
)
"""Whose billing this request may write: asked along with the name, in one statement."""


@record_page(*CLASSES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The page; each of its forms says which it is."""
    by, money, beside = who(request), record_billing(client_id), around(request, client_id)
    bound = _forms(request, money, by)
    do = request.POST.get("do", "")
    if request.method == "POST":
        if not beside["writes"] or do not in bound:
            raise NotYours
        if bound[do].is_valid():
            try:
                _save(do, client_id, dict(bound[do].cleaned_data), by)
            except Refused as error:
                refuse(bound[do], error)
            else:
                say(request, "Saved.")
                return see_other("billing:record", client_id=client_id)
    page = invalid if request.method == "POST" else render
    return page(request, "plans/billing/record.html", _shown(beside, money, bound, do))


def _forms(request: HttpRequest, money: RecordBilling, by: Any) -> dict[str, Form]:
    do, post = request.POST.get("do", ""), request.POST
    held, services = shapes.held_choices(by), shapes.service_choices(services_of(by))
    details = {"address": money.address, "administrative_sex": money.administrative_sex}
    initial = {"details": details, "session": shapes.session_initial(by, held)}
    bound = {
        name: form(post if do == name else None, prefix=name, initial=initial.get(name))
        for name, form in shapes.RECORD_FORMS.items()
    }
    shapes.offer(bound["session"], "service", services, empty="No code yet")
    shapes.offer(bound["session"], "held_by", held)
    shapes.offer(bound["authorisation"], "service", services)
    shapes.offer(bound["authorisation"], "coverage", shapes.coverage_choices(money.coverages))
    return bound


def _save(do: str, client_id: UUID, said: dict[str, Any], by: Any) -> None:
    code, _, modifier = said.pop("service", "").partition("|")
    match do:
        case "details":
            update_billing_details(client_id=client_id, by=by, **said)
        case "coverage":
            said["relation"] = Relation(said["relation"])
            add_coverage(client_id=client_id, new=NewCoverage(**said), by=by)
        case "authorisation":
            allowed = {"coverage_id": UUID(said.pop("coverage")), "service_code": code, "modifier": modifier, **said}
            add_authorisation(client_id=client_id, new=NewAuthorisation(**allowed), by=by)
        case "session":
            key, held_by = said.pop("key"), UUID(said.pop("held_by"))
            session = KeptSession(rendering=held_by, service_code=code, modifier=modifier, **said)
            charge_session(client_id=client_id, session=session, by=by, charge_id=key)


def _shown(beside: dict[str, Any], money: RecordBilling, bound: dict[str, Form], do: str) -> dict[str, Any]:
    today = readiness(client_id=beside["client_id"], on=timezone.localdate())
    return {**beside, "money": money, "forms": bound, "wrong": bound.get(do), "today": today}


def around(request: HttpRequest, client_id: UUID) -> dict[str, Any]:
    """What stands around such a page: the record for those who care for it, the practice for a biller.

    Who cares for a client sees their summary and identity; whoever does the practice's billing sees neither.
    """
    rows = Client.objects.annotate(written=WRITTEN)
    there = rows.values("name_used", "summary", "identity", "written").get(client_id=client_id)
    cares = bool(there["summary"] and there["identity"])
    return {
        "record": head_of(request) if cares else None,
        "shell": "ui/record.html" if cares else "ui/practice.html",
        "name_used": there["name_used"],
        "client_id": client_id,
        "writes": client_id in there["written"],
        "current_tab": "clients:more",
    }


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
    """Looks again at what blocks a charge."""
    row = settle_charge(client_id=client_id, charge_id=charge_id, by=who(request))
    say(request, f"{row.get_state_display()}.")
    return see_other("billing:record", client_id=client_id)
