"""The sheet turned to the client: that sheet only, in plain words, four answers to a line (PLAN-16)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, see_other
from plans.kinds import How
from plans.practice.person import Spoken
from plans.practice.sheet_hands import Hands, show_sheet, take_answers
from plans.practice.sheet_table import as_typed, client_key, ensure_may_write, is_turned_here, table_of
from plans.selectors.people import name_of_client
from plans.services.drafts import save_draft


@record_page(DataClass.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_client(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Shows the client their sheet and takes their answers, on a device that was turned to them."""
    if not is_turned_here(request, client_id, sheet_id):
        return see_other("plans:sheet", client_id, sheet_id)
    hands = _hands(client_id, sheet_id)
    table = table_of(request, Spoken(client_id, name_of_client(client_id)), sheet_id, draft=hands.draft_key)
    if not table.turned:
        return see_other(hands.after)
    if request.method != "POST":
        return show_sheet(request, table, hands)
    ensure_may_write(table)
    if request.POST.get("do") == "leave":
        save_draft(client_id=client_id, key=hands.draft_key, content=as_typed(request), by=table.by)
        return see_other(hands.after)
    return take_answers(request, table, hands)


def _hands(client_id: UUID, sheet_id: UUID) -> Hands:
    where = [client_id, sheet_id]
    return Hands(
        how=How.OWN_HAND_PRACTICE,
        draft_key=client_key(sheet_id),
        here=reverse("plans:sheet_client", args=where),
        draft=reverse("plans:sheet_client_draft", args=where),
        after=reverse("plans:sheet_back", args=where),
    )
