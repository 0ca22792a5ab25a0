"""The address without anything behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.ui.pages import open_page, see_other


@open_page
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Leads a client to their own pages and everybody else to Today, which asks whoever isn't signed in to sign in."""
    return see_other("my:home" if getattr(request, "own", None) else "clients:today")
