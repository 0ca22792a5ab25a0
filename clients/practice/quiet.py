"""A quieter portal, set by staff at the client's word; only staff see this page (SAFE-7)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import BigSteps, Hidden, How, Part, Quiet, Shows
from clients.practice.about import SAID_TO_US
from clients.practice.who import head_of, who
from clients.selectors.quiet import quiet_now
from clients.services.change import may_write
from clients.services.quiet import QuietWish, bring_back, set_quiet, tuck_away

quiet_page = record_page(DataClass.SAFETY, DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)


class QuietForm(Form):
    """What the client wants their pages to show."""

    shows = forms.ChoiceField(label="Their pages show", choices=Shows.choices, widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label="Which parts", required=False, choices=Part.choices, widget=forms.CheckboxSelectMultiple
    )
    big_steps = forms.ChoiceField(
        label="Big steps", help_text="Ending, export, a new trusted person, address, device, recovery.",
        choices=BigSteps.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    agreed_word = forms.CharField(
        label="The word you agreed on, for a call", required=False, max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    how = forms.ChoiceField(label="How they told you", choices=SAID_TO_US)

    def wish(self) -> QuietWish:
        """What was filled in."""
        said = self.cleaned_data
        parts = tuple(map(Part, said["parts"]))
        return QuietWish(Shows(said["shows"]), parts, BigSteps(said["big_steps"]), said["agreed_word"])


class TuckForm(Form):
    """Something to tuck away that has no button of its own: an organisation, by its name."""

    organisation = forms.CharField(label="An organisation", max_length=200)
    how = forms.ChoiceField(label="How they told you", choices=SAID_TO_US)


@quiet_page
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The setting, what is tucked away, and both forms."""
    writes = may_write(client_id, DataClass.SAFETY)
    if request.method == "POST" and not writes:
        raise NotYours
    now = quiet_now(client_id)
    form = QuietForm(request.POST if _sent(request, "set") else None, initial=_initial(now.setting))
    tuck = TuckForm(request.POST if _sent(request, "tuck") else None)
    if request.method == "POST" and _saved(request, client_id, form, tuck):
        return see_other("clients:quiet", client_id=client_id)
    page = invalid if request.method == "POST" else render
    shown = {"record": head_of(request), "current_tab": "clients:more", "now": now, "form": form, "tuck": tuck}
    return page(request, "clients/quiet.html", {**shown, "may_write": writes})


@quiet_page
@require_POST
def show_again(request: HttpRequest, client_id: UUID, tucked_id: UUID) -> HttpResponse:
    """Brings one thing back into their pages."""
    bring_back(client_id=client_id, tucked_id=tucked_id, by=who(request))
    say(request, "It is shown again.")
    return see_other("clients:quiet", client_id=client_id)


def _sent(request: HttpRequest, which: str) -> bool:
    return request.method == "POST" and request.POST.get("do") == which


def _saved(request: HttpRequest, client_id: UUID, form: QuietForm, tuck: TuckForm) -> bool:
    sent: Form = tuck if tuck.is_bound else form
    if not sent.is_bound or not sent.is_valid():
        return False
    how, by = How(sent.cleaned_data["how"]), who(request)
    try:
        if sent is form:
            set_quiet(client_id=client_id, wish=form.wish(), how=how, by=by)
        else:
            name = tuck.cleaned_data["organisation"]
            tuck_away(client_id=client_id, kind=Hidden.ORGANISATION, key=name, how=how, by=by)
    except Refused as error:
        refuse(sent, error)
        return False
    say(request, "It counts from now, and their pages don’t say so.")
    return True


def _initial(setting: Quiet | None) -> dict[str, Any]:
    if setting is None:
        return {"shows": Shows.EVERYTHING, "big_steps": BigSteps.HERE}
    names = ("shows", "parts", "big_steps", "agreed_word")
    return {name: getattr(setting, name) for name in names}
