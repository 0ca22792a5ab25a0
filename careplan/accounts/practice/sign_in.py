"""The staff door: e-mail address and password."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.accounts import door
from careplan.accounts.selectors import hats_of, staff_session
from careplan.ui.pages import open_page, see_other


class SignInForm(door.SignInForm):
    """What somebody types before work."""

    email = forms.EmailField(
        label="Work e-mail",
        error_messages={"required": "Write your work e-mail.", "invalid": "That is not an e-mail address."},
        widget=forms.EmailInput({"autocomplete": "username"}),
    )


def works_somewhere(person_id: UUID) -> bool:
    """Returns whether somebody works for any practice now."""
    return bool(hats_of(person_id))


STAFF_DOOR = door.Door("practice", "accounts/sign_in.html", SignInForm, works_somewhere)


@open_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for e-mail and password, and leads on to the second step."""
    if request.method != "POST" and staff_session(request):
        return see_other(door.wanted(request))
    return door.ask(request, STAFF_DOOR)
