"""Read, change, sign, or don't: one version, four equal statements, a copy to keep (PLAN-10; portal screen 4)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.accounts.confirming import WRONG
from careplan.accounts.reauth import check_password_again, confirmed_recently
from careplan.accounts.throttle import TooManyTries
from careplan.errors import Conflict, NotYours, Refused
from careplan.ui.answers import STATEMENTS
from careplan.ui.forms import Form, FourStatements, OwnWords
from careplan.ui.pages import client_of, client_page, refuse, render, say, see_other
from clients.selectors.permits import signs_on_paper
from plans.kinds import Statement
from plans.portal.answer import as_begun, typed
from plans.portal.around import tucked_lines
from plans.selectors.home_panels import is_out_of_sight
from plans.selectors.own_plan import with_what_hangs_under
from plans.selectors.signing import ToSign, receipt, receipts, to_sign
from plans.selectors.versions import version_page
from plans.services.drafts import drop_draft, load_draft, save_draft
from plans.services.signing import Signing, answer_request, sign

LONGEST = 5000
RATHER_NOT = _("Noted: you’d rather not sign. That is fine, and nothing changes.")


class SignForm(Form):
    """Which of the four is true, in what name; the password when it was given more than five minutes ago."""

    statement = forms.ChoiceField(
        label=_("Which is true for you?"),
        choices=STATEMENTS,
        widget=FourStatements,
        error_messages={"required": _("choose which is true for you")},
    )
    notes = forms.CharField(label=_("Which parts?"), required=False, max_length=LONGEST, widget=OwnWords())
    name = forms.CharField(
        label=_("Type your name"),
        help_text=_("Any name you go by."),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    interpreter = forms.CharField(
        label=_("Did somebody interpret for you? Who?"),
        help_text=_("Leave it empty if nobody did."),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Your password once more"),
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Every statement but the last needs a name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("statement", Statement.RATHER_NOT) != Statement.RATHER_NOT and not cleaned.get("name"):
            self.add_error("name", _("type the name you go by"))
        return cleaned


@client_page(DataClass.PLAN, DataClass.IDENTITY)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_page(request: HttpRequest, client_id: UUID, request_id: UUID) -> HttpResponse:
    """The version, the four statements; what was begun is kept until it is sent."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    asked = to_sign(client_id, request_id, by.person_id)
    if is_out_of_sight(client_id, asked, tucked_lines(request)):
        raise NotYours
    if not asked.is_open:
        return see_other("my_plan:signed")
    if request.method != "POST":
        if asked.state == "requested":
            answer_request(request_id=request_id, verb="open", by=by)
        return _page(
            request, asked, SignForm(initial=as_begun(load_draft(client_id=client_id, key=_key(asked), by=by)))
        )
    form = SignForm(request.POST)
    match request.POST.get("do"):
        case "later":
            save_draft(client_id=client_id, key=_key(asked), content=typed(request), by=by)
            say(request, str(_("Kept as it is. Come back to it whenever you like.")))
            return see_other("my:home")
        case "ask":
            answer_request(request_id=request_id, verb="ask", by=by)
            say(request, str(_("Noted: you have a question first. Nothing is waiting on you.")))
            return see_other("my:home")
        case "rather_not":
            answer_request(request_id=request_id, verb="rather_not", by=by)
            say(request, str(RATHER_NOT))
            return see_other("my_plan:signed")
    return _answer(request, asked, form, by)


def _answer(request: HttpRequest, asked: ToSign, form: SignForm, by: Actor) -> HttpResponse:
    if not form.is_valid() or not _is_still_them(request, form):
        return _page(request, asked, form, status=422)
    given = form.cleaned_data
    said = Signing(
        statement=given["statement"],
        name=given["name"],
        notes=given["notes"],
        language=get_language() or "en",
        interpreter=given["interpreter"],
        zone=timezone.get_current_timezone_name(),
    )
    try:
        made = sign(request_id=asked.request_id, said=said, by=by)
    except Conflict as moved:
        return _page(request, asked, form, status=409, moved=moved)
    except Refused as error:
        refuse(form, error)
        return _page(request, asked, form, status=422)
    drop_draft(client_id=client_of(request).client_id, key=_key(asked), by=by)
    if made is None:
        say(request, str(RATHER_NOT))
        return see_other("my_plan:signed")
    return see_other("my_plan:receipt", signature_id=made.id)


def _is_still_them(request: HttpRequest, form: SignForm) -> bool:
    """Signing asks for the password unless it was given within five minutes; rather not never does (AUTH-2)."""
    given = form.cleaned_data
    if given["statement"] == Statement.RATHER_NOT or confirmed_recently(request):
        return True
    if not given["password"]:
        form.add_error("password", _("write your password, so that it is surely you who signs"))
        return False
    try:
        right = check_password_again(request, given["password"])
    except TooManyTries as wait:
        refuse(form, wait)
        return False
    if not right:
        form.add_error("password", WRONG)
    return right


def _page(
    request: HttpRequest, asked: ToSign, form: SignForm, status: int = 200, moved: Conflict | None = None
) -> HttpResponse:
    shown = {
        "asked": asked,
        "version": version_page(version_id=asked.version_id),
        "form": form,
        "draft_key": _key(asked),
        "needs_password": not confirmed_recently(request),
        "moved": moved,
        "on_paper": signs_on_paper(client_of(request).client_id),
        "current_entry": "my_plan:plan",
    }
    return render(request, "plans/my/sign.html", shown, status=status)


@client_page(DataClass.PLAN, DataClass.IDENTITY)
@require_safe
def signed(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What has been signed, each with its receipt."""
    shown = {"receipts": receipts(client_id), "current_entry": "my_plan:plan"}
    return render(request, "plans/my/signed.html", shown)


@client_page(DataClass.PLAN, DataClass.IDENTITY)
@require_safe
def receipt_page(request: HttpRequest, client_id: UUID, signature_id: UUID) -> HttpResponse:
    """A receipt to keep or print, with the words that were signed."""
    found = receipt(client_id, signature_id)
    version, hidden = version_page(version_id=found.version_id), with_what_hangs_under(client_id, tucked_lines(request))
    items = [item for item in version.items if str(item.item_id) not in hidden]
    return render(request, "plans/my/receipt.html", {"receipt": found, "items": items, "current_entry": "my_plan:plan"})


def _key(asked: ToSign) -> str:
    return f"sign-{asked.request_id}"
