"""Who saw my information (portal screen 11): reading it is itself in it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.ui.forms import Form, OwnWords, Segments
from careplan.ui.pages import client_page, render, say, see_other
from clients.selectors.ledger import who_saw
from clients.services.ledger import ask_about_line

LONGEST = 2000


class ShowForm(Form):
    """Which lines."""

    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[
            ("others", gettext_lazy("Everyone but me")),
            ("out", gettext_lazy("Sent out or turned away")),
            ("all", gettext_lazy("All")),
        ],
        required=False,
        widget=Segments,
    )
    page = forms.IntegerField(required=False, min_value=1)


class AskForm(Form):
    """About which line, and, if the client likes, what."""

    key = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("What would you like to know? You don’t have to say."),
        required=False,
        max_length=LONGEST,
        widget=OwnWords,
    )


@client_page(DataClass.LEDGER, DataClass.CONSENT, DataClass.MESSAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The list; a POST asks about one line."""
    if request.method == "POST":
        form = AskForm(request.POST)
        if not form.is_valid():
            return _page(request, client_id, asking=form, status=422)
        said = form.cleaned_data
        ask_about_line(client_id=client_id, key=said["key"], words=said["words"], by=request.actor)  # type: ignore[attr-defined]
        say(request, _("We have your question. You read the answer here, beside the line."))
        return see_other("my:ledger")
    return _page(request, client_id)


def _page(request: HttpRequest, client_id: UUID, *, asking: AskForm | None = None, status: int = 200) -> HttpResponse:
    """The lines wanted; a question that didn't work yet stands beside its line, as it was written."""
    wanted = ShowForm({"show": request.GET.get("show") or "others", "page": request.GET.get("page")})
    wanted.is_valid()
    found = wanted.cleaned_data
    tucked = request.portal_shows  # type: ignore[attr-defined]
    saw = who_saw(client_id, show=found.get("show") or "others", page=found.get("page") or 1, tucked=tucked)
    shown = {"saw": saw, "wanted": wanted, "asking": asking, "longest": LONGEST, "current_entry": "my:more"}
    return render(request, "clients/my/ledger.html", shown, status=status)
