"""Signing out: a button, never a link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.accounts import sessions
from careplan.ui.pages import open_page, see_other


@open_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and lands on a page that says nothing."""
    sessions.sign_out(request)
    return see_other("ui:left")
