"""Every address below /api/ that is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from careplan.api.problems import plain_answer
from careplan.ui.pages import open_page


@csrf_exempt
@open_page
def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 as a problem, for whoever asks."""
    return plain_answer("not-found")
