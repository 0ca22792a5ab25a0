"""The demo's outbox: what would have left, in its very words. Where real people are, there is no such page (REM-7)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.outgoing.models import Recorded
from careplan.ui.errors import not_found
from careplan.ui.pages import open_page, render

MOST = 50


@open_page
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The latest that the recording gateway was given."""
    if not settings.OUTBOX:
        return not_found(request)
    shown = {"letters": list(Recorded.objects.order_by("-at", "message_id")[:MOST]), "most": MOST}
    return render(request, "ui/outbox.html", shown)
