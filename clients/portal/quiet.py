"""What my pages show, set by the client's own hand; it never says what is set or tucked away (portal, SAFE-7)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.forms import Form
from careplan.ui.pages import client_page, invalid, refuse, render, say, see_other
from clients.models import BigSteps, Hidden, How, Part, Shows
from clients.services.quiet import QuietWish, set_quiet, tuck_away


class MyQuietForm(Form):
    """What the pages show from now on. Nothing is chosen beforehand, so that the page tells nobody what is set."""

    shows = forms.ChoiceField(
        label=gettext_lazy("From now on, my pages show"), choices=Shows.choices, widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Which parts"), required=False, choices=Part.choices, widget=forms.CheckboxSelectMultiple
    )
    big_steps = forms.ChoiceField(
        label=gettext_lazy("Big steps"),
        help_text=gettext_lazy("Like ending, a copy of everything, or a new person who can see things."),
        choices=BigSteps.choices,
        widget=forms.RadioSelect,
    )

    def wish(self) -> QuietWish:
        """What was filled in."""
        said = self.cleaned_data
        return QuietWish(Shows(said["shows"]), tuple(map(Part, said["parts"])), BigSteps(said["big_steps"]))


@client_page(DataClass.SAFETY)
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The form, the same for everybody at every time."""
    form = MyQuietForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_quiet(client_id=client_id, wish=form.wish(), how=How.OWN_HAND_PORTAL, by=request.actor)  # type: ignore[attr-defined]
        except Refused as error:
            refuse(form, error)
        else:
            return see_other("my:home")
    page = invalid if request.method == "POST" else render
    return page(request, "clients/my/quiet.html", {"form": form, "current_entry": "my:more"})


@client_page(DataClass.SAFETY)
@require_POST
def tuck(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Takes one line, message, resource, organisation or ledger line out of the pages; no mark is left."""
    kind = request.POST.get("kind", "")
    if kind not in Hidden.values:
        raise Refused(_("There is nothing here to tuck away."))
    by = request.actor  # type: ignore[attr-defined]
    key = request.POST.get("key", "")[:200]
    tuck_away(client_id=client_id, kind=Hidden(kind), key=key, how=How.OWN_HAND_PORTAL, by=by)
    say(request, _("Done."))
    return see_other("my:ledger" if kind == Hidden.LEDGER else "my:home")
