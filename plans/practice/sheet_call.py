"""The sheet on a call: the one that the digits open, answered by whoever typed them (PLAN-16).

Nobody can know from here whose hand it is. The therapist, who is on the call, read the digits out and vouches: the
answers count as given by phone or video and recorded by them, and the client can dispute each one.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.calls import Call
from careplan.access.classes import DataClass
from careplan.ui import on_call
from careplan.ui.pages import call_page, say, see_other
from plans.kinds import How
from plans.practice.person import Spoken
from plans.practice.sheet_hands import Hands, show_sheet, take_answers
from plans.practice.sheet_table import Table, as_typed, ensure_may_write, table_of
from plans.selectors.people import name_of_client
from plans.services.drafts import save_draft

KEPT = "Your answers are kept. You can change any of them, or you are done."


@call_page(DataClass.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_call(request: HttpRequest, call: Call) -> HttpResponse:
    """Shows the sheet and takes answers; stopping leaves what was typed for the next time."""
    hands = _hands(call)
    table = _table(request, call, hands)
    if request.method != "POST":
        return show_sheet(request, table, hands)
    ensure_may_write(table)
    if request.POST.get("do") == "leave":
        save_draft(client_id=call.client_id, key=hands.draft_key, content=as_typed(request), by=table.by)
        return _done(request)
    answered = take_answers(request, table, hands)
    if answered.status_code == 303:
        say(request, KEPT)
    return answered


@call_page(DataClass.PLAN)
@require_POST
def sheet_call_draft(request: HttpRequest, call: Call) -> HttpResponse:
    """Keeps what is being typed: 204."""
    hands = _hands(call)
    table = _table(request, call, hands)
    ensure_may_write(table)
    save_draft(client_id=call.client_id, key=hands.draft_key, content=as_typed(request), by=table.by)
    return HttpResponse(status=204)


@call_page(DataClass.PLAN)
@require_POST
def sheet_call_done(request: HttpRequest, call: Call) -> HttpResponse:
    """Closes the sheet on this device for good; new digits are needed to open it again."""
    return _done(request)


def _done(request: HttpRequest) -> HttpResponse:
    on_call.leave(request)
    return see_other("ui:left")


def _table(request: HttpRequest, call: Call, hands: Hands) -> Table:
    client = Spoken(call.client_id, name_of_client(call.client_id))
    return table_of(request, client, call.object_id, draft=hands.draft_key)


def _hands(call: Call) -> Hands:
    here = reverse("plans:sheet_call")
    return Hands(
        how=How.PHONE_OR_VIDEO,
        draft_key=f"sheet-call:{call.object_id}",
        here=here,
        draft=reverse("plans:sheet_call_draft"),
        after=here,
        on_call=True,
    )
