"""Asking for a consent, or writing down in one step what was said (practice screen 9)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, OwnWords, Words, begin_with
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.consents.packs import Pack
from clients.models import THIRD_PARTIES, ConsentKind, RecipientKind
from clients.practice.about import SAID_TO_US
from clients.practice.consent import LATER, SAID_WHAT, YES, spoken_answer
from clients.practice.how_told import HowToldForm, known_of
from clients.practice.who import head_of, who
from clients.selectors.drafts import typed_before
from clients.selectors.first_day import pack_here
from clients.services.asking import ConsentAsk, offer_consent
from clients.services.consents import record_spoken, record_spoken_no
from clients.services.drafts import forget_form

SCOPES = (
    (DataClass.BILLING, "Days of sessions, how many, and the code"),
    (DataClass.PLAN, "Goals and plan"),
    (DataClass.NOTE, "Session notes"),
    (DataClass.MEASURE, "Ratings and questionnaires"),
    (DataClass.SAFETY, "Safety plan"),
    (DataClass.MESSAGE, "Messages"),
)
OUTSIDE = ((RecipientKind.ORGANISATION, "An organisation"), (RecipientKind.PERSON, "A person"))


class AskForm(HowToldForm):
    """What is asked, of whom it is about, and, when it was said already, how."""

    kind = forms.ChoiceField(label="What", choices=())
    recipient = forms.CharField(
        label="To whom", help_text="Only for somebody outside the practice.", required=False, max_length=200
    )
    recipient_kind = forms.ChoiceField(label="They are", choices=OUTSIDE, initial=RecipientKind.ORGANISATION)
    scope = forms.MultipleChoiceField(
        label="Which kinds of information", choices=SCOPES, required=False, widget=forms.CheckboxSelectMultiple
    )
    what = forms.CharField(
        label="What, in words the client reads",
        help_text="For a release: what exactly would be shared.",
        required=False,
        max_length=2000,
        widget=Words,
    )
    purpose = forms.CharField(label="What it is for", required=False, max_length=1000)
    last_day = DayField(label="Last day", help_text="A release always has one.", required=False)
    how = forms.ChoiceField(
        label="Said already?", required=False, choices=[("", "Not yet: ask in their own pages"), *SAID_TO_US]
    )
    said = forms.ChoiceField(
        label="What they said",
        help_text="Only when they have said it already.",
        choices=SAID_WHAT,
        required=False,
        widget=forms.RadioSelect,
    )
    limits = forms.CharField(label="With changes, in their own words", required=False, max_length=5000, widget=OwnWords)
    own_words = forms.CharField(
        label="What it means, said back in their own words", required=False, max_length=5000, widget=OwnWords
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in ConsentKind if kind in pack.texts]
        self.fields["kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was said, and how, go together: nobody's silence is written down as a yes."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("how") and not said.get("said"):
            self.add_error("said", "choose what they said")
        if said.get("said") and not said.get("how"):
            self.add_error("how", "choose how they said it")
        return said

    def ask(self) -> ConsentAsk:
        """What was filled in; what only fits somebody outside is left off for anything else."""
        said, kind = self.cleaned_data, ConsentKind(self.cleaned_data["kind"])
        outside = kind in THIRD_PARTIES
        return ConsentAsk(
            kind=kind,
            recipient=said["recipient"],
            recipient_kind=RecipientKind(said["recipient_kind"]),
            scope=[DataClass(each) for each in said["scope"]] if outside else (),
            what=said["what"],
            purpose=said["purpose"] if outside else "",
            last_day=said["last_day"],
        )


@record_page(DataClass.CONSENT, DataClass.IDENTITY, DataClass.CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def consent_ask(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One form for both: asked in their own pages, or said and written down."""
    head = head_of(request)
    if not head.may_ask:
        raise NotYours
    pack = pack_here(client_id)
    begun = {**known_of(head), "kind": request.GET.get("kind", "")}
    form = AskForm(request.POST or None, pack=pack, initial=begun)
    begin_with(form, typed_before(client_id, "consent", who(request)))
    if request.method == "POST" and form.is_valid():
        try:
            consent_id = _asked(request, client_id, form)
        except Refused as error:
            refuse(form, error)
        else:
            forget_form(client_id=client_id, key="consent", by=who(request))
            return see_other("clients:consent", client_id=client_id, consent_id=consent_id)
    shown = {"record": head, "current_tab": "clients:consents", "form": form, "pack": pack}
    page = invalid if request.method == "POST" else render
    return page(request, "clients/consent_ask.html", shown)


def _asked(request: HttpRequest, client_id: UUID, form: AskForm) -> UUID:
    said, by = form.cleaned_data, who(request)
    if not said["how"]:
        asked = offer_consent(client_id=client_id, ask=form.ask(), by=by)
        say(request, "Asked. It waits in their own pages, with no clock.")
        return asked
    ask, answer = form.ask(), spoken_answer(said)
    if said["said"] == YES:
        given = record_spoken(client_id=client_id, ask=ask, answer=answer, by=by)
        say(request, "Written down. It counts from now.")
        return given
    no = record_spoken_no(client_id=client_id, ask=ask, answer=answer, by=by, later=said["said"] == LATER)
    say(request, "Written down as they said it.")
    return no
