"""A client's own pages, seen from the practice: invite them, by mail or by hand."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import qrcode  # type: ignore[import-untyped]
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.practice.who import head_of, who
from clients.selectors.own_pages import own_pages
from clients.services.invite import invite_client


class InviteForm(Form):
    """Where the link goes."""

    email = forms.EmailField(
        label="The e-mail they will sign in with",
        help_text="Their own, that nobody else reads.",
        error_messages={"required": "Write the e-mail they will sign in with."},
    )
    way = forms.ChoiceField(
        label="How the link reaches them",
        choices=(("email", "By e-mail, in neutral words"), ("by_hand", "By hand: I show or print it")),
        widget=forms.RadioSelect,
    )


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_page(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Says how far it is, and takes an invitation."""
    head, by = head_of(request), who(request)
    if request.method == "POST" and not head.may_change:
        raise NotYours
    pages = own_pages(client_id, by.practice_id or UUID(int=0))
    form = InviteForm(request.POST or None, initial={"email": pages.email})
    shown = {"record": head, "current_tab": "clients:more", "pages": pages, "form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            path = invite_client(client_id=client_id, email=given["email"], by_hand=given["way"] == "by_hand", by=by)
        except Refused as error:
            refuse(form, error)
        else:
            if given["way"] == "by_hand":
                return render(request, "clients/link_by_hand.html", {**shown, **_by_hand(path)})
            say(request, "The link is on its way. It works once, for a week.")
            return see_other("clients:own_pages", client_id=client_id)
    page = invalid if request.method == "POST" else render
    return page(request, "clients/own_pages.html", shown)


def _by_hand(path: str) -> dict[str, str]:
    """The link in full and as a picture for a phone's camera; it is shown this once."""
    link = f"{settings.PUBLIC_URL.rstrip('/')}{path}"
    drawn = BytesIO()
    qrcode.make(link, image_factory=SvgPathFillImage, border=2).save(drawn)
    picture = drawn.getvalue().decode()
    return {"link": link, "picture": SafeString(picture[picture.index("<svg") :])}
