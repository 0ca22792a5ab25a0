"""Where a provider posts replies to texts: STOP is taken, anything else is not read on (REM-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from careplan.ui.errors import not_found
from careplan.ui.pages import open_page
from messaging.services.reminders import stop_by_text

FROM = ("From", "from", "msisdn", "sender", "number")
WORDS = ("Body", "body", "text", "message", "content")


@csrf_exempt
@open_page
@require_POST
def text_came(request: HttpRequest, token: str) -> HttpResponse:
    """Takes a reply, in a form or as JSON, by whichever of the usual names; nothing of it is kept."""
    if not settings.TEXT_INCOMING or not constant_time_compare(token, settings.TEXT_INCOMING):
        return not_found(request)
    said = _said(request)
    stop_by_text(number=_first(said, FROM), words=_first(said, WORDS))
    return HttpResponse(status=204)


def _said(request: HttpRequest) -> Mapping[str, object]:
    if request.content_type != "application/json":
        return request.POST
    try:
        said = json.loads(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _first(said: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((str(said[name]) for name in names if said.get(name)), "")
