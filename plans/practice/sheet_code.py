"""Six digits to read out on a call, that open this sheet only (PLAN-16): made, seen once, taken back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careplan.access.calls import call_now, end_calls, make_call_code
from careplan.ui.pages import render, say, see_other
from clients.selectors.head import RecordHead, record_head
from plans.practice.around import TAB, actor_of, plan_page
from plans.practice.person import Spoken
from plans.practice.sheet_table import Table, ensure_on_the_desk, table_of


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_code(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Says how a call stands; makes new digits, which are shown this once, or takes them back."""
    head = record_head(client_id, actor_of(request))
    table = table_of(request, Spoken(client_id, head.name_used, head.pronouns), sheet_id)
    if request.method != "POST":
        return _show(request, head, table)
    ensure_on_the_desk(table)
    if request.POST.get("do") == "end":
        end_calls(client_id=client_id, object_id=sheet_id)
        say(request, "Taken back. Those digits open nothing any more.")
        return see_other("plans:sheet", client_id, sheet_id)
    return _show(request, head, table, code=make_call_code(client_id=client_id, object_id=sheet_id))


def _show(request: HttpRequest, head: RecordHead, table: Table, code: str = "") -> HttpResponse:
    context = {
        "record": head,
        "current_tab": TAB,
        "table": table,
        "client": table.client,
        "code": f"{code[:3]} {code[3:]}" if code else "",
        "address": f"{settings.PUBLIC_URL.rstrip('/')}{reverse('plans:code')}",
        "call": call_now(client_id=table.client_id, object_id=table.sheet_id),
        "may_make": table.seen.may_write and not table.turned,
    }
    return render(request, "plans/sheet_code.html", context)
