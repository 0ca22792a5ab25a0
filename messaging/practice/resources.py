"""What is offered to one client, and offering something more (MSG-5)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form, Words
from careplan.ui.pages import refuse, say, see_other
from clients.practice.who import who
from messaging.library import library
from messaging.practice.around import message_page, show
from messaging.selectors.lines import Line, lines_of
from messaging.selectors.offers import Resources, resources_of
from messaging.services.offers import Offer, offer_resources, recall_resource
from plans.kinds import Pace
from plans.selectors.pace import pace_now

A_WORRY = "worry"


class OfferForm(Form):
    """Two or three pieces, what they are for, and why."""

    pieces = forms.MultipleChoiceField(
        label="Two or three to choose from", required=False, widget=forms.CheckboxSelectMultiple
    )
    about = forms.ChoiceField(label="What they are for", required=False, widget=forms.RadioSelect)
    worry = forms.CharField(label="A worry, in a few words", required=False)
    note = forms.CharField(label="Why you offer them", required=False, widget=Words({"rows": 3}))

    def choose_from(self, lines: list[Line], not_again: frozenset[str]) -> None:
        """Puts in what can be offered, and for which lines."""
        offered = [(piece.key, piece.title) for piece in library() if piece.key not in not_again]
        self.fields["pieces"].choices = offered  # type: ignore[attr-defined]
        choices = [(str(line.item_id), line.title) for line in lines]
        self.fields["about"].choices = [*choices, (A_WORRY, "A worry, in a few words")]  # type: ignore[attr-defined]

    def offer(self) -> Offer:
        """What was chosen."""
        about = self.cleaned_data["about"]
        return Offer(
            pieces=tuple(self.cleaned_data["pieces"]),
            note=self.cleaned_data["note"],
            item_id=UUID(about) if about not in ("", A_WORRY) else None,
            worry=self.cleaned_data["worry"] if about in ("", A_WORRY) else "",
        )


@message_page
@require_safe
def resources(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What was offered and what was said to it; what the client shows of their own."""
    return show(request, "messaging/resources.html", {"resources": resources_of(client_id)})


@message_page
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Offers two or three pieces for a goal or a worry."""
    lines = lines_of(client_id)
    there = resources_of(client_id, lines)
    form = OfferForm(request.POST or None, initial={"about": request.GET.get("item", "")})
    form.choose_from([line for line in lines.values() if line.takes_offers], there.not_again)
    if request.method != "POST":
        return _page(request, client_id, there, form)
    if form.is_valid():
        try:
            offer_resources(client_id=client_id, offer=form.offer(), by=who(request))
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Offered. They can keep it, leave it or ask for more.")
            return see_other("messaging:resources", client_id=client_id)
    return _page(request, client_id, there, form, status=422)


@message_page
@require_POST
def recall(request: HttpRequest, client_id: UUID, resource_id: UUID) -> HttpResponse:
    """Takes one piece back."""
    if resources_of(client_id).get(resource_id) is None:
        raise NotYours
    recall_resource(client_id=client_id, resource_id=resource_id, by=who(request))
    say(request, "Taken back. It is no longer in their pages.")
    return see_other("messaging:resources", client_id=client_id)


def _page(request: HttpRequest, client_id: UUID, there: Resources, form: OfferForm, status: int = 200) -> HttpResponse:
    pace = pace_now(client_id=client_id)
    shown = {
        "form": form,
        "pieces": [piece for piece in library() if piece.key not in there.not_again],
        "pace": pace.sentence if pace.pace is Pace.LISTENING else "",
    }
    return show(request, "messaging/offer.html", shown, status=status)
