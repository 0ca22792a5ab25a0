"""Asking in the portal: at most seven open lines sent together, how far they are answered, taken back (PLAN-17)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.errors import Refused
from careplan.ui.pages import say, see_other
from plans.kinds import Way
from plans.models.ask import SEVEN
from plans.practice.around import Desk, desk_of, ensure_may_write, plan_page, show
from plans.practice.item_forms import as_row
from plans.practice.looks import look_of
from plans.selectors.asks import AskSeen, ask_seen
from plans.selectors.people import can_dictate
from plans.services.asks import send_ask, withdraw_ask

WAYS = {
    Way.NOT_SAID: "{name} hasn’t said yet how to answer.",
    Way.ONE: "{name} answers one at a time.",
    Way.PAGE: "{name} answers on one page.",
    Way.NEXT_TIME: "{name} would rather do this with you, next time.",
}


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Shows what waits for the client and what was sent; sends what is chosen."""
    desk = desk_of(request, client_id)
    if request.method != "POST":
        return _page(request, desk)
    ensure_may_write(desk)
    chosen = [row for row in map(as_row, request.POST.getlist("line")) if row]
    try:
        send_ask(plan_id=desk.plan_id, revision_ids=chosen, by=desk.by)
    except Refused as error:
        return _page(request, desk, error=error.sentence, chosen=chosen, status=422)
    say(request, f"It is with {desk.client.name}. They answer when they like, or with you next time.")
    return see_other("plans:ask", client_id=client_id)


@plan_page
@require_POST
def take_back(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Takes back the asking; the proposals stay in the plan."""
    desk = desk_of(request, client_id, rows=False)
    ensure_may_write(desk)
    seen = ask_seen(desk.front.plan_id)
    if seen is not None:
        withdraw_ask(ask_id=seen.id, by=desk.by)
    say(request, "Taken back. The lines stay in the plan and can still be answered.")
    return see_other("plans:ask", client_id=client_id)


def _page(
    request: HttpRequest, desk: Desk, *, error: str = "", chosen: list[UUID] | None = None, status: int = 200
) -> HttpResponse:
    seen = ask_seen(desk.front.plan_id)
    shown = {
        "seen": seen,
        "sent": _sent(desk, seen),
        "way": WAYS[Way(seen.way)].format(name=desk.client.name) if seen else "",
        "lines": [row for row in desk.rows.rows if row.open and row.open.with_client],
        "chosen": chosen or [],
        "error": error,
        "most": SEVEN,
        "no_account": can_dictate(desk.client_id),
    }
    return show(request, desk, "plans/ask.html", shown, status=status)


def _sent(desk: Desk, seen: AskSeen | None) -> list[dict[str, Any]]:
    """The lines that were sent, each with how it stands now."""
    rows = [(desk.rows.get(item_id), revision_id) for item_id, revision_id in (seen.lines if seen else ())]
    return [
        {"row": row, "look": look_of(row, desk.client), "waits": row.open is not None and row.open.id == revision_id}
        for row, revision_id in rows
        if row
    ]
