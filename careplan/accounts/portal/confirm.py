"""The password again, in a client's own pages: before signing, widening a permission, taking everything along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.accounts.confirming import confirm_password
from careplan.ui.pages import own_page


@own_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Asks for the password and goes back to where it was needed."""
    return confirm_password(request, "accounts/my_confirm.html")
