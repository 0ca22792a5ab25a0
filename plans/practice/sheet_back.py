"""Handing the device back: it stays locked to the sheet until the therapist's password is given (PLAN-16)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.accounts.confirming import WRONG, PasswordAgainForm
from careplan.accounts.reauth import check_password_again
from careplan.accounts.throttle import TooManyTries
from careplan.ui import turned
from careplan.ui.pages import record_page, refuse, render, see_other
from plans.practice.person import Spoken
from plans.practice.sheet_table import Table, is_turned_here, table_of
from plans.selectors.people import name_of_client
from plans.services.sheets import hand_back


@record_page(DataClass.PLAN)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_back(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Asks for the therapist's password, then gives the desk back."""
    table = table_of(request, Spoken(client_id, name_of_client(client_id)), sheet_id)
    here = is_turned_here(request, client_id, sheet_id)
    if not (here or table.turned):
        return see_other("plans:sheet", client_id, sheet_id)
    form = PasswordAgainForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, table, form, 200 if request.method != "POST" else 422)
    try:
        right = check_password_again(request, form.cleaned_data["password"])
    except TooManyTries as wait:
        refuse(form, wait)
        return _show(request, table, form, 429)
    if not right:
        form.add_error("password", WRONG)
        return _show(request, table, form, 422)
    hand_back(sheet_id=sheet_id, by=table.by)
    turned.hand_back(request)
    return see_other("plans:sheet", client_id, sheet_id)


def _show(request: HttpRequest, table: Table, form: PasswordAgainForm, status: int) -> HttpResponse:
    staff = getattr(request, "staff", None)
    context = {
        "table": table,
        "form": form,
        "therapist": getattr(staff, "name", "your therapist"),
        "here": is_turned_here(request, table.client_id, table.sheet_id),
    }
    return render(request, "plans/sheet_back.html", context, status=status)
