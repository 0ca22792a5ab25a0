"""One consent: its words, how it stands, and what can be written down about it (practice screen 9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.errors import Conflict, NotYours, Refused
from careplan.ui.forms import Form, OwnWords, Words
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.models import How
from clients.practice.about import SAID_TO_US
from clients.practice.how_told import HowToldForm, known_of
from clients.practice.who import head_of, who
from clients.selectors.consents import OneConsent, one_consent
from clients.services.asking import ask_anew, drop_offer
from clients.services.consent_moves import MOVED
from clients.services.consents import (
    Answer,
    answer_consent_question,
    arrange_limits,
    decline_consent,
    give_consent,
    strike_consent,
    withdraw_consent,
)

YES, NO, LATER = "yes", "no", "later"
SAID_WHAT = [(YES, "Yes"), (LATER, "Not now"), (NO, "No thanks")]


class SpokenForm(HowToldForm):
    """What they said, and how."""

    said = forms.ChoiceField(label="What they said", choices=SAID_WHAT, widget=forms.RadioSelect)
    how = forms.ChoiceField(label="How they said it", choices=SAID_TO_US)
    limits = forms.CharField(label="With changes, in their own words", required=False, max_length=5000, widget=OwnWords)
    own_words = forms.CharField(
        label="What it means, said back in their own words", required=False, max_length=5000, widget=OwnWords
    )


class WordsForm(Form):
    """A sentence of ours."""

    words = forms.CharField(label="In a sentence", max_length=2000, widget=Words)


class StopForm(Form):
    """How they said that they stop it."""

    how = forms.ChoiceField(label="How they said it", choices=SAID_TO_US)


class LiftForm(StopForm):
    """That they lift what they had forbidden: more goes out then, so it takes what a yes takes (AUTH-2)."""

    said = forms.ChoiceField(label="What they said", choices=[(YES, "They lift it")], widget=forms.RadioSelect)


@record_page(DataClass.CONSENT, DataClass.IDENTITY, DataClass.CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """Its words and its state; the forms that fit it."""
    there = one_consent(client_id, consent_id)
    forms_here = _forms(request, there)
    if request.method == "POST":
        verb = request.POST.get("do", "")
        doing = DOINGS.get(verb)
        if doing is None or not head_of(request).may_ask:
            raise NotYours
        form = forms_here.get(verb)
        if form is None and verb in FILLED_IN:
            raise Conflict(MOVED)
        if form is None or form.is_valid():
            try:
                to = doing(client_id, consent_id, form.cleaned_data if form else {}, who(request))
            except Refused as error:
                if form is None:
                    raise
                refuse(form, error)
            else:
                say(request, LIFTED if verb == "withdraw" and there.forbids else SAID[verb])
                return see_other("clients:consent", client_id=client_id, consent_id=to or consent_id)
    shown = {"record": head_of(request), "current_tab": "clients:consents", "consent": there, "forms": forms_here}
    page = invalid if request.method == "POST" else render
    return page(request, "clients/consent.html", shown)


@record_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_POST
def spoken_withdrawal(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """They said in the room that they stop it: one press (CONS-4). What forbids is lifted on its own page."""
    if one_consent(client_id, consent_id).forbids:
        raise Refused("To lift it would let more out. Open it, and write down what they said.")
    withdraw_consent(client_id=client_id, consent_id=consent_id, how=How.SAID_IN_SESSION, by=who(request))
    say(request, "Stopped as of now. What was queued for it is taken back.")
    return see_other("clients:consents", client_id=client_id)


def _forms(request: HttpRequest, there: OneConsent) -> dict[str, Form]:
    """The forms that fit how it stands, by what they do; the one that was sent keeps what was typed."""
    kinds: dict[str, type[Form]] = {}
    if there.is_open:
        kinds["spoken"] = SpokenForm
    if there.is_given:
        kinds["withdraw"] = LiftForm if there.forbids else StopForm
    if there.limits_wait:
        kinds["arrange"] = WordsForm
    if there.is_open and there.question and not there.answer:
        kinds["answer"] = WordsForm
    sent = request.POST.get("do") if request.method == "POST" else None
    typed = {do: request.POST if do == sent else None for do in kinds}
    known = known_of(head_of(request)) if there.is_open else {}
    return {do: made(typed[do], auto_id=f"{do}_%s", initial=known) for do, made in kinds.items()}


def spoken_answer(said: dict[str, Any]) -> Answer:
    """What was filled in about how it was said, and told."""
    told = {name: said[name] for name in HowToldForm.base_fields}
    return Answer(how=How(said["how"]), limits=said["limits"], own_words=said["own_words"], **told)


def _spoken(client_id: UUID, consent_id: UUID, said: dict[str, Any], by: Any) -> None:
    answer = spoken_answer(said)
    if said["said"] == YES:
        give_consent(client_id=client_id, consent_id=consent_id, answer=answer, by=by)
    else:
        later = said["said"] == LATER
        decline_consent(client_id=client_id, consent_id=consent_id, answer=answer, by=by, later=later)


def _withdraw(client_id: UUID, consent_id: UUID, said: dict[str, Any], by: Any) -> None:
    withdraw_consent(client_id=client_id, consent_id=consent_id, how=How(said["how"]), by=by)


def _arrange(client_id: UUID, consent_id: UUID, said: dict[str, Any], by: Any) -> None:
    arrange_limits(client_id=client_id, consent_id=consent_id, how_kept=said["words"], by=by)


def _answer(client_id: UUID, consent_id: UUID, said: dict[str, Any], by: Any) -> None:
    answer_consent_question(client_id=client_id, consent_id=consent_id, words=said["words"], by=by)


def _renew(client_id: UUID, consent_id: UUID, said: dict[str, Any], by: Any) -> UUID:
    return ask_anew(client_id=client_id, consent_id=consent_id, by=by)


def _drop(client_id: UUID, consent_id: UUID, said: dict[str, Any], by: Any) -> None:
    drop_offer(client_id=client_id, consent_id=consent_id, by=by)


def _strike(client_id: UUID, consent_id: UUID, said: dict[str, Any], by: Any) -> None:
    strike_consent(client_id=client_id, consent_id=consent_id, by=by)


DOINGS: dict[str, Callable[[UUID, UUID, dict[str, Any], Any], UUID | None]] = {
    "spoken": _spoken,
    "withdraw": _withdraw,
    "arrange": _arrange,
    "answer": _answer,
    "renew": _renew,
    "drop": _drop,
    "strike": _strike,
}
FILLED_IN = ("spoken", "withdraw", "arrange", "answer")
LIFTED = "Lifted as of now. What they said yes to before counts again."
SAID = {
    "spoken": "Written down as they said it.",
    "withdraw": "Stopped as of now. What was queued for it is taken back.",
    "arrange": "Written down. It counts from now.",
    "answer": "Kept with their question.",
    "renew": "Asked once more, in today’s words.",
    "drop": "Taken back. They are not asked any more.",
    "strike": "Marked as entered in error.",
}
