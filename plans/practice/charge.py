"""One charge: put right before it is sent, corrected by a new one after it was sent back, or left out (BILL-2)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.practice.who import who
from plans.practice import billing_forms as shapes
from plans.practice.record_billing import CLASSES, around
from plans.selectors.money import ChargePage, charge_page, services_of
from plans.services.charges import ChargeChanges, change_charge, correct_charge, leave_out_charge

SAID = {"change": "Saved.", "correct": "A new charge stands in for it."}


@record_page(*CLASSES)
@require_http_methods(["GET", "HEAD", "POST"])
def charge(request: HttpRequest, client_id: UUID, charge_id: UUID) -> HttpResponse:
    """The page; what was sent is shown and not edited."""
    by, beside = who(request), around(request, client_id)
    there = charge_page(client_id, charge_id)
    form = _form(request, there, by)
    do = request.POST.get("do", "")
    if request.method == "POST":
        if not beside["writes"] or do not in SAID:
            raise NotYours
        if form.is_valid():
            try:
                _do(do, client_id, charge_id, form, by)
            except Refused as error:
                refuse(form, error)
            else:
                say(request, SAID[do])
                return see_other("billing:record", client_id=client_id)
    page = invalid if request.method == "POST" else render
    shown = {**beside, "there": there, "row": there.row, "form": form}
    return page(request, "plans/billing/charge.html", shown)


def _form(request: HttpRequest, there: ChargePage, by: Actor) -> Form:
    services = services_of(by)
    bound = request.POST if request.method == "POST" else None
    form = shapes.ChargeForm(bound, initial=shapes.charge_initial(there.row, services))
    shapes.offer(form, "service", shapes.service_choices(services))
    shapes.offer(form, "held_by", _held(there, by))
    form.fields["diagnoses"].choices = [(code, code) for code in there.codes]  # type: ignore[attr-defined]
    return form


def _held(there: ChargePage, by: Actor) -> shapes.Choices:
    """Everybody here who holds sessions, and who held this one even when they have left."""
    held = shapes.held_choices(by)
    holder: Any = there.row
    mine = (str(holder.rendering_id), holder.held_by or "Somebody who has left")
    return held if mine[0] in dict(held) else [*held, mine]


def _do(do: str, client_id: UUID, charge_id: UUID, form: Form, by: Actor) -> None:
    said = form.cleaned_data
    code, _, modifier = said["service"].partition("|")
    changes = ChargeChanges(
        service_code=code,
        modifier=modifier,
        units=said["units"],
        place=said["place"],
        rendering=UUID(said["held_by"]),
        diagnosis_codes=said["diagnoses"],
    )
    act = correct_charge if do == "correct" else change_charge
    act(client_id=client_id, charge_id=charge_id, changes=changes, by=by)


@record_page(DataClass.BILLING)
@require_POST
def leave_out(request: HttpRequest, client_id: UUID, charge_id: UUID) -> HttpResponse:
    """Nobody is billed for it."""
    leave_out_charge(client_id=client_id, charge_id=charge_id, by=who(request))
    say(request, "It is left out. Nobody is billed for it.")
    return see_other("billing:record", client_id=client_id)
