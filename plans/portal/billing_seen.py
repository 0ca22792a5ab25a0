"""Exactly what billing sees, and what becomes of charges that are held (BILL-6, CONS-9)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.ui.pages import client_page, render, say, see_other
from plans.billing.kinds import FOR_RECIPIENTS, ChargeState
from plans.billing.seen import AT_MOST, payloads_now, permitted_now
from plans.models import Charge
from plans.services.charges import decide_held


@client_page(DataClass.BILLING, DataClass.CONSENT)
@require_safe
def seen(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The very payloads a recipient would get now, by the same code."""
    rows = Charge.objects.filter(client_id=client_id).order_by("-service_on", "-id")
    shown = {
        "sent": list(rows.filter(state__in=FOR_RECIPIENTS)[:AT_MOST]),
        "held": list(rows.filter(state=ChargeState.HELD)),
        "payloads": [(name, payloads_now(client_id, name)) for name in permitted_now(client_id)],
    }
    return render(request, "plans/my/billing_seen.html", shown)


@client_page(DataClass.BILLING, DataClass.CONSENT)
@require_POST
def decide(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Send these, or I'll pay."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    chosen = [UUID(text) for text in request.POST.getlist("charge") if _is_id(text)]
    send = request.POST.get("do") == "send"
    count = decide_held(client_id=client_id, charge_ids=chosen, send=send, by=by)
    if not count:
        say(request, _("Nothing was changed. Choose a session first. If you said no to them, take that back first."))
    elif send:
        say(request, _("You let them go. They are sent once nothing is missing. You can say no until then."))
    else:
        say(request, _("You pay for these. They are not sent."))
    return see_other("my_billing:seen")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
