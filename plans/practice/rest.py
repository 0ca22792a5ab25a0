"""What the client paused or stopped, for staff to see; and that it goes on, when they said so (PLAN-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.access.classes import DataClass
from careplan.ui.pages import record_page, say, see_other
from plans.kinds import RestScope
from plans.practice.around import Desk, desk_of
from plans.selectors.desk_front import PauseSeen
from plans.selectors.pausing import running_pauses
from plans.services.rests import go_on, take_up_therapy

WHAT = {
    RestScope.ITEM: "paused this line",
    RestScope.PLAN: "paused the plan",
    RestScope.EVERYTHING: "paused everything",
    RestScope.THERAPY: "stopped therapy",
}


@dataclass(frozen=True)
class Rested:
    """A pause in a sentence, and whether staff may write down that it is over."""

    id: UUID
    sentence: str
    since: datetime
    until: date | None
    stopped: bool


def rests_of(desk: Desk, item_id: UUID | None) -> list[Rested]:
    """The pauses that bear on this line. No query of its own."""
    return [_rested(each, desk.client.name) for each in desk.front.pauses if each.item_id in (None, item_id)]


def _rested(pause: PauseSeen, name: str) -> Rested:
    stopped = pause.scope == RestScope.THERAPY
    return Rested(pause.id, f"{name} {WHAT[pause.scope]}", pause.since, pause.until, stopped)


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT, DataClass.PLAN)
@require_POST
def going_on(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Writes down, in one's own name, that the client said it goes on."""
    desk = desk_of(request, client_id, rows=False)
    for each in running_pauses(client_id):
        if str(each.id) == request.POST.get("pause"):
            if each.scope == RestScope.THERAPY:
                take_up_therapy(client_id=client_id, by=desk.by)
            else:
                go_on(pause_id=each.id, by=desk.by)
    say(request, f"Written down in your name: {desk.client.name} said it goes on.")
    return see_other("plans:plan", client_id=client_id)
