"""The address without anything behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.ui.pages import open_page, see_other


@open_page
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Leads to Today, which asks whoever is not signed in to sign in."""
    return see_other("clients:today")
