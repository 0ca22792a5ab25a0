"""The password again, for somebody at work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.accounts.confirming import confirm_password
from careplan.ui.pages import staff_page


@staff_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Asks for the password and goes back to where it was needed."""
    return confirm_password(request, "accounts/confirm.html")
