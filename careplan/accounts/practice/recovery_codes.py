"""The recovery codes, shown once, right after the second step was set up."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.accounts.practice.unfinished import AFTER_CODES_KEY, CODES_KEY
from careplan.accounts.second_factor import unused_recovery_codes
from careplan.ui.pages import render, see_other, staff_page


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Shows the codes until the person says that they have kept them."""
    if not request.session.get(CODES_KEY):
        return see_other(settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        del request.session[CODES_KEY]
        return see_other(request.session.pop(AFTER_CODES_KEY, settings.LOGIN_REDIRECT_URL))
    codes = [f"{code[:5]} {code[5:]}" for code in unused_recovery_codes(request.user)]  # type: ignore[arg-type]
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
