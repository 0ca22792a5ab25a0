"""One question a page: yes, with changes, not now, no thanks; nothing is chosen beforehand (CONS-1, CONS-2, UI-1)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.accounts.confirming import WRONG
from careplan.accounts.reauth import check_password_again, confirmed_recently
from careplan.accounts.throttle import TooManyTries
from careplan.errors import Conflict, Refused
from careplan.ui import answers
from careplan.ui.forms import AnswerField, DayField, Form, OwnWords
from careplan.ui.pages import client_page, invalid, refuse, render, say, see_other
from careplan.ui.turned import SeeOther
from clients.models import ConsentKind, How
from clients.portal.own import card_of, who
from clients.selectors.first_day import FirstDay, first_day
from clients.selectors.permissions import CLASS_WORDS, PermissionCard
from clients.services.consents import Answer, decline_consent, give_consent, narrow_consent

LONGEST = 5000
HINTS = {
    answers.YES: _("As it says here."),
    answers.YES_WITH_CHANGES: _("I’ll say what is different."),
    answers.NOT_NOW: _("Ask me another time."),
    answers.NO: _("Leave it."),
}
CHECKED = (ConsentKind.TREATMENT,)


class PermissionForm(Form):
    """The answer; words where they are wanted; the password for a yes when it was given more than five minutes ago."""

    answer = AnswerField(label=_("What would you like?"), required=True)
    limits = forms.CharField(
        label=_("What should be different?"), required=False, max_length=LONGEST, widget=OwnWords()
    )
    own_words = forms.CharField(
        label=_("What does this mean, in your own words? (if you like)"),
        help_text=_("This checks how well we said it. It is not a test of you."),
        required=False,
        max_length=LONGEST,
        widget=OwnWords(),
    )
    question = forms.CharField(
        label=_("A question about this? (if you like)"), required=False, max_length=LONGEST, widget=OwnWords()
    )
    password = forms.CharField(
        label=_("Your password once more"),
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """A yes with changes says which."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("answer") == answers.YES_WITH_CHANGES and not str(said.get("limits", "")).strip():
            self.add_error("limits", _("say what should be different"))
        return said

    @property
    def gives(self) -> bool:
        """Whether the answer is a yes of either kind."""
        return self.cleaned_data["answer"] in (answers.YES, answers.YES_WITH_CHANGES)


class LessForm(Form):
    """Less of what was said yes to: fewer kinds of information, or a nearer end. No password: nothing grows."""

    scope = forms.MultipleChoiceField(
        label=_("They may still get"), widget=forms.CheckboxSelectMultiple, required=False, choices=()
    )
    last_day = DayField(label=_("Until, at the latest"), required=False)

    def __init__(self, *args: Any, card: PermissionCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each, CLASS_WORDS.get(each, each)) for each in card.scope]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]


@client_page(DataClass.CONSENT, DataClass.IDENTITY)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def permission(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """The question, or, once answered, what was answered: the receipt."""
    by = who(request)
    card = card_of(request, client_id, consent_id)
    if not card.is_open:
        if request.method == "POST":
            raise Conflict(_now("This has been answered already. Here is where it stands."))
        return render(request, "clients/my/permission.html", {"card": card, "current_entry": "my:permissions"})
    day = first_day(client_id, by)
    if request.method != "POST":
        return _ask(request, card, day, PermissionForm())
    if "later" in request.POST:
        say(request, _now("Left as it is. Come back to it when you like."))
        return see_other("my:home")
    form = PermissionForm(request.POST)
    if not form.is_valid() or not _is_still_them(request, form):
        return _ask(request, card, day, form)
    try:
        _answer(request, client_id, consent_id, form)
    except Refused as error:
        refuse(form, error)
        return _ask(request, card, day, form)
    return _onward(request, client_id, card)


@client_page(DataClass.CONSENT, DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_permission(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """Less of it, at once."""
    by = who(request)
    card = card_of(request, client_id, consent_id)
    if not card.may_shrink:
        return see_other("my:permission", consent_id=consent_id)
    form = LessForm(request.POST or None, card=card, initial={"scope": list(card.scope)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        scope = [DataClass(each) for each in said["scope"]] if len(card.scope) > 1 else [*map(DataClass, card.scope)]
        try:
            new = narrow_consent(
                client_id=client_id,
                consent_id=consent_id,
                scope=scope,
                last_day=said["last_day"],
                how=How.OWN_HAND_PORTAL,
                by=by,
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, _now("Changed. It counts from now. This page is your receipt."))
            return see_other("my:permission", consent_id=new)
    shown = {"card": card, "form": form, "current_entry": "my:permissions"}
    page = invalid if request.method == "POST" else render
    return page(request, "clients/my/change_permission.html", shown)


def _answer(request: HttpRequest, client_id: UUID, consent_id: UUID, form: PermissionForm) -> None:
    said, by = form.cleaned_data, who(request)
    answer = Answer(
        how=How.OWN_HAND_PORTAL,
        limits=said["limits"] if said["answer"] == answers.YES_WITH_CHANGES else "",
        own_words=said["own_words"],
        question=said["question"],
    )
    if form.gives:
        give_consent(client_id=client_id, consent_id=consent_id, answer=answer, by=by)
    else:
        later = said["answer"] == answers.NOT_NOW
        decline_consent(client_id=client_id, consent_id=consent_id, answer=answer, by=by, later=later)


def _onward(request: HttpRequest, client_id: UUID, card: PermissionCard) -> SeeOther:
    """The next of the first day's things, or the receipt."""
    day = first_day(client_id, who(request))
    if any(step.kind == card.kind for step in day.steps) and not card.recipient:
        step = day.next_step
        if step is not None and step.consent_id is not None:
            return see_other("my:permission", consent_id=step.consent_id)
        return see_other("my:first_day")
    say(request, _now("Noted. This page is your receipt."))
    return see_other("my:permission", consent_id=card.id)


def _is_still_them(request: HttpRequest, form: PermissionForm) -> bool:
    """A yes asks for the password unless it was given within five minutes; a no or not now never does (AUTH-2)."""
    if not form.gives or confirmed_recently(request):
        return True
    if not form.cleaned_data["password"]:
        form.add_error("password", _("write your password, so that it is surely you who says yes"))
        return False
    try:
        right = check_password_again(request, form.cleaned_data["password"])
    except TooManyTries as wait:
        refuse(form, wait)
        return False
    if not right:
        form.add_error("password", WRONG)
    return right


def _ask(request: HttpRequest, card: PermissionCard, day: FirstDay, form: PermissionForm) -> HttpResponse:
    on_first_day = any(step.consent_id == card.id for step in day.steps)
    shown = {
        "card": card,
        "form": form,
        "hints": HINTS,
        "day": day if on_first_day else None,
        "is_checked": card.kind in CHECKED,
        "needs_password": not confirmed_recently(request),
        "current_entry": "my:permissions",
    }
    page = invalid if request.method == "POST" else render
    return page(request, "clients/my/ask.html", shown)
