"""The limits cards: read out from the screen, and how it went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, OwnWords, Words
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import How
from clients.practice.about import SAID_TO_US
from clients.practice.how_told import HowToldForm, known_of
from clients.practice.who import head_of, who
from clients.selectors.head import RecordHead
from clients.selectors.limits import CardLine, LimitsRecord, limits_record
from clients.services.change import in_months
from clients.services.limits import CardTold, LimitsTelling, answer_question, record_limits


class LimitsForm(HowToldForm):
    """How it went. For each card: was it gone through, what was said back, what was asked."""

    how = forms.ChoiceField(label="How it was done", required=False, choices=[("", "Choose"), *SAID_TO_US])
    again_on = DayField(label="Say it again on", required=False)
    would_rather_not = forms.BooleanField(label="They would rather not say it back", required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cards: tuple[CardLine, ...], name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = cards
        for card in cards:
            self.fields[f"told_{card.key}"] = forms.BooleanField(label="Gone through", required=False)
            self.fields[f"said_{card.key}"] = forms.CharField(
                label=f"Said back, in {name}’s own words", required=False, max_length=5000, widget=OwnWords
            )
            self.fields[f"asked_{card.key}"] = forms.CharField(
                label=f"What {name} asked", required=False, max_length=5000, widget=OwnWords
            )
            self.fields[f"answered_{card.key}"] = forms.CharField(
                label="What you answered", help_text="Leave it empty if you still owe an answer.",
                required=False, max_length=5000, widget=Words,
            )  # fmt: skip

    def on_screen(self, cards: tuple[CardLine, ...]) -> list[dict[str, Any]]:
        """These cards with their fields. A page sent twice still speaks of cards that have been told meanwhile."""
        parts = ("told", "said", "asked", "answered")
        return [{"card": card, **{part: self[f"{part}_{card.key}"] for part in parts}} for card in cards]

    def telling(self, *, later: bool) -> LimitsTelling:
        """What was filled in. Words about a card mean that it was gone through."""
        said = self.cleaned_data
        return LimitsTelling(
            cards=tuple(each for card in self.cards if (each := self._card(card.key)) is not None),
            how=How(said["how"]) if said["how"] else None,
            **{name: said[name] for name in HowToldForm.base_fields},
            again_on=said["again_on"],
            left_for_later=later,
            would_rather_not_say_back=said["would_rather_not"],
            text_version=said["version"] or None,
            seen=said["seen"] or None,
        )

    def _card(self, key: str) -> CardTold | None:
        said, asked, answered = (self.cleaned_data[f"{part}_{key}"] for part in ("said", "asked", "answered"))
        if not (self.cleaned_data[f"told_{key}"] or said.strip() or asked.strip() or answered.strip()):
            return None
        return CardTold(key, said, asked, answered)


@record_page(DataClass.CONSENT, DataClass.IDENTITY, DataClass.CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The cards still to tell (all of them with `?again=1`), and what was told."""
    head, record = head_of(request), limits_record(client_id)
    if request.method == "POST" and not head.may_ask:
        raise NotYours
    again = request.GET.get("again") == "1"
    begun = _initial(head, record)
    form = LimitsForm(request.POST or None, cards=record.all_cards, name=head.name_used, initial=begun)
    if request.method == "POST" and form.is_valid():
        telling = form.telling(later="later" in request.POST)
        try:
            record_limits(client_id=client_id, telling=telling, by=who(request))
        except Refused as error:
            refuse(form, error)
        else:
            say(request, _said(telling))
            return see_other("clients:limits", client_id=client_id)
    return _page(request, head, record, form, again)


def _page(request: HttpRequest, head: RecordHead, record: LimitsRecord, form: LimitsForm, again: bool) -> HttpResponse:
    shown = {
        "record": head,
        "current_tab": "clients:consents",
        "limits": record,
        "form": form,
        "cards": form.on_screen(record.all_cards if again else record.to_tell),
        "again": again,
    }
    page = invalid if request.method == "POST" else render
    return page(request, "clients/limits.html", shown)


def _said(telling: LimitsTelling) -> str:
    return "Saved. Today keeps the rest in view." if telling.cards else "Left for later. Today keeps it in view."


def _initial(head: RecordHead, record: LimitsRecord) -> dict[str, Any]:
    """Prefilled with what is known, never with an answer."""
    return {
        **known_of(head),
        "again_on": in_months(timezone.localdate(), record.again_after_months),
        "version": record.version,
        "seen": record.seen,
    }


@record_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_POST
def answer_limits_question(request: HttpRequest, client_id: UUID, card_key: str) -> HttpResponse:
    """What the client was answered to what they had asked about a card."""
    answer = request.POST.get("answer", "")
    answer_question(client_id=client_id, card_key=card_key, answer=answer, by=who(request))
    say(request, "Saved.")
    return see_other("clients:limits", client_id=client_id)
