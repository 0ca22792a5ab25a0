"""Before we start: at most five things, in any order, and the limits cards one by one (CONS-5, CONS-11a)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.canonical import clean_text
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form, OwnWords
from careplan.ui.pages import client_page, invalid, refuse, render, see_other
from careplan.ui.turned import SeeOther
from clients.consents.cards import card_texts
from clients.models import How
from clients.portal.own import who
from clients.selectors.first_day import FirstDay, Step, first_day
from clients.selectors.limits import LimitsRecord, limits_record
from clients.services.asking import offer_first_day
from clients.services.limits import CardTold, LimitsTelling, record_limits

LONGEST = 5000


class CardForm(Form):
    """What the card means in their own words, and a question: both may stay empty."""

    said_back = forms.CharField(
        label=_("What does this card say, in your own words? (if you like)"),
        help_text=_("This checks how well we said it. It is not a test of you. You can skip it."),
        required=False,
        max_length=LONGEST,
        widget=OwnWords(),
    )
    question = forms.CharField(
        label=_("A question about this? (if you like)"), required=False, max_length=LONGEST, widget=OwnWords()
    )


@client_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def before_we_start(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The things with how each was answered; beginning asks those that nobody has asked yet."""
    by = who(request)
    if request.method == "POST":
        offer_first_day(client_id=client_id, by=by, person_id=by.person_id)
        return _to(first_day(client_id, by).next_step)
    return render(request, "clients/my/first_day.html", {"day": first_day(client_id, by), **AT_HOME})


AT_HOME = {"current_entry": "my:home"}


@client_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def limits_card(request: HttpRequest, client_id: UUID, card_key: str) -> HttpResponse:
    """One card: what would be shared, with whom, and whether I am told first."""
    by = who(request)
    card = next((each for each in card_texts().cards if each.key == card_key), None)
    if card is None:
        raise NotYours
    record = limits_record(client_id)
    told = record.told_of(card_key)
    form = CardForm(
        request.POST or None, initial={"said_back": told.said_back, "question": told.question} if told else {}
    )
    if request.method == "POST" and form.is_valid():
        try:
            _read(client_id, record, card_key, form, by)
        except Refused as error:
            refuse(form, error)
        else:
            return _next_card(request, client_id, card_key)
    shown = {
        "card": card,
        "form": form,
        "told": told,
        "number": [each.key for each in card_texts().cards].index(card_key) + 1,
        "cards": card_texts().cards,
        "read": {line.key for line in record.told},
        "limits": record,
        **AT_HOME,
    }
    page = invalid if request.method == "POST" else render
    return page(request, "clients/my/limits_card.html", shown)


def _read(client_id: UUID, record: LimitsRecord, card_key: str, form: CardForm, by: Actor) -> None:
    """Keeps that it was read. The same words once more change nothing, until it is time to say it again."""
    told, said = record.told_of(card_key), form.cleaned_data
    answer = told.answer if told and told.question == clean_text(said["question"]) else ""
    card = CardTold(card_key, said["said_back"], said["question"], answer)
    adds = record.is_told and not record.is_due
    telling = LimitsTelling(cards=(card,), how=How.OWN_HAND_PORTAL, adds=adds)
    record_limits(client_id=client_id, telling=telling, by=by)


def _next_card(request: HttpRequest, client_id: UUID, card_key: str) -> SeeOther:
    """The next card that was not read, then the next of the first day's things."""
    keys, told = [each.key for each in card_texts().cards], {line.key for line in limits_record(client_id).told}
    after = keys[keys.index(card_key) + 1 :] + keys
    unread = next((key for key in after if key not in told), None)
    return see_other("my:limits_card", card_key=unread) if unread else _onward(first_day(client_id, who(request)))


def _onward(day: FirstDay) -> SeeOther:
    return _to(day.next_step) if day.begun else see_other("my:first_day")


def _to(step: Step | None) -> SeeOther:
    if step is None or not (step.card or step.consent_id):
        return see_other("my:first_day")
    if step.card:
        return see_other("my:limits_card", card_key=step.card)
    return see_other("my:permission", consent_id=step.consent_id)
