"""What a browser needs before it can use a passkey: asked at the doors, and where the password is asked again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from careplan.accounts.door_log import address_of
from careplan.accounts.models import User
from careplan.accounts.passkeys import begin_use
from careplan.accounts.throttle import PASSKEY_ASKED, TooManyTries, count_try
from careplan.ui.pages import open_page


@open_page
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """A challenge. Signed out it says nothing about anybody; signed in it is for one's own passkeys."""
    try:
        count_try(request, action=PASSKEY_ASKED, key=address_of(request))
    except TooManyTries:
        return HttpResponse(status=429)
    return JsonResponse(begin_use(request.user if isinstance(request.user, User) else None))
