"""The link of an invitation: choose a password, and be in. One that ran out issues itself anew in one click."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.accounts.door import come_in
from careplan.accounts.door_log import address_of
from careplan.accounts.invitations import accept, invitation_of, issue_anew
from careplan.accounts.models import InvitationHat
from careplan.accounts.open.fields import NewPasswordForm
from careplan.accounts.portal.sign_in import MY_DOOR
from careplan.accounts.practice.sign_in import STAFF_DOOR
from careplan.accounts.throttle import BEGIN, count_try
from careplan.errors import Refused
from careplan.ui.pages import open_page, refuse, render, see_other


@open_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for a password; looking at the page uses nothing up."""
    if request.method == "POST" and "again" in request.POST:
        return _again(request, token)
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "accounts/ran_out.html", status=410)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept(token=token, password=form.cleaned_data["password"], address=address_of(request))
        except Refused as error:
            refuse(form, error)
        else:
            return come_in(request, STAFF_DOOR if invitation.hat == InvitationHat.STAFF else MY_DOOR, user)
    shown = {"form": form, "email": invitation.email}
    return render(request, "accounts/begin.html", shown, status=422 if form.errors else 200)


def _again(request: HttpRequest, token: str) -> HttpResponse:
    try:
        count_try(request, action=BEGIN, key=token)
    except Refused as wait:
        return render(request, "accounts/ran_out.html", {"sentence": wait.sentence}, status=429)
    issue_anew(token)
    return see_other("accounts:on_its_way")


@open_page
@require_http_methods(["GET", "HEAD"])
def on_its_way(request: HttpRequest) -> HttpResponse:
    """The same sentence, whatever there was."""
    return render(request, "accounts/on_its_way.html")
