"""Who decides about the plan, on what authority; added and ended by the therapist (PLAN-5a)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.access.classes import DataClass
from careplan.access.models import Authority
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form, Words
from careplan.ui.pages import invalid, record_page, refuse, render, say, see_other
from clients.practice.who import head_of, who
from clients.selectors.deciding import Deciding, could_be_asked, deciding
from clients.services.deciding import ask_from_now_on, ask_no_more, may_say_who_decides

LONGEST = 2000
VOICES = [
    ("decides", "They decide: nothing new counts without their yes"),
    ("assents", "They are asked beside, and nothing waits for it"),
]


class AskForm(Form):
    """Who is asked from now on, as what, and what says so."""

    who = forms.ChoiceField(label="Who", error_messages={"required": "choose who is asked"})
    authority = forms.ChoiceField(
        label="On what authority",
        choices=[("", "Choose"), *Authority.choices],
        error_messages={"required": "choose on what authority"},
    )
    voice = forms.ChoiceField(label="What their answer does", choices=VOICES, widget=forms.RadioSelect)
    ground = forms.CharField(label="What says so", required=False, max_length=LONGEST, widget=Words())

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]


class EndForm(Form):
    """Why somebody is not asked any more."""

    reason = forms.CharField(label="Why", required=False, max_length=LONGEST)


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def deciders(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Who is asked about the plan, and for the therapist the form for somebody more."""
    asked = deciding(client_id)
    form = AskForm(request.POST or None, people=could_be_asked(client_id, asked))
    if request.method == "POST" and not may_say_who_decides(client_id, who(request)):
        raise NotYours
    if request.method == "POST" and form.is_valid() and _added(request, client_id, form):
        say(request, "They are asked from now on, and at the next review about what is agreed. Nothing falls.")
        return see_other("clients:deciders", client_id=client_id)
    return _page(request, client_id, form)


@record_page(DataClass.IDENTITY, DataClass.CONTACT, DataClass.CONSENT)
@require_POST
def end_decider(request: HttpRequest, client_id: UUID, decider_id: UUID) -> HttpResponse:
    """Ends somebody's voice; what they agreed to stands."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, client_id, ending=form, about=decider_id)
    try:
        ask_no_more(client_id=client_id, decider_id=decider_id, reason=form.cleaned_data["reason"], by=who(request))
    except Refused as error:
        refuse(form, error)
        return _page(request, client_id, ending=form, about=decider_id)
    say(request, "They are not asked any more. What they agreed to stands.")
    return see_other("clients:deciders", client_id=client_id)


def _added(request: HttpRequest, client_id: UUID, form: AskForm) -> bool:
    said = form.cleaned_data
    try:
        ask_from_now_on(
            client_id=client_id,
            who=said["who"],
            authority=Authority(said["authority"]),
            assents_only=said["voice"] == "assents",
            ground=said["ground"],
            by=who(request),
        )
    except Refused as error:
        refuse(form, error)
        return False
    return True


def _the_only_one(asked: Sequence[Deciding]) -> UUID | None:
    deciding_now = [line.id for line in asked if line.decides]
    return deciding_now[0] if len(deciding_now) == 1 else None


def _page(
    request: HttpRequest,
    client_id: UUID,
    form: AskForm | None = None,
    ending: EndForm | None = None,
    about: UUID | None = None,
) -> HttpResponse:
    asked = deciding(client_id)
    shown = {
        "record": head_of(request),
        "current_tab": "clients:more",
        "asked": asked,
        "stays": _the_only_one(asked),
        "may_say": may_say_who_decides(client_id, who(request)),
        "form": form or AskForm(people=could_be_asked(client_id, asked)),
        "ending": ending or EndForm(),
        "about": about,
    }
    return (invalid if request.method == "POST" else render)(request, "clients/deciders.html", shown)
