"""Signatures of a version, from the practice: ask, sign oneself, note why not (PLAN-10). Nothing waits for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from careplan.accounts.confirming import WRONG
from careplan.accounts.reauth import check_password_again, confirmed_recently
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, Form, Words
from careplan.ui.pages import refuse, say, see_other
from plans.kinds import AttemptHow, NotSigned, Statement
from plans.practice.around import Desk, desk_of, ensure_may_write, plan_page, show
from plans.selectors.signing import SignOff, sign_off
from plans.services.signing import Signing, ask_supervisor, ask_to_sign, note_attempt, note_not_signed, sign

LONGEST = 5000


class NotSignedForm(Form):
    """Why somebody hasn't signed, in staff's own words."""

    reason = forms.ChoiceField(label="Which is it?", choices=NotSigned.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Your own note", required=False, max_length=LONGEST, widget=Words(), help_text="What you saw and did."
    )
    copy_offered = forms.BooleanField(label="A copy was offered", required=False)


class AttemptForm(Form):
    """One time somebody tried to reach a signer."""

    on = DayField(label="When")
    how = forms.ChoiceField(label="How", choices=AttemptHow.choices)


class OwnSignatureForm(Form):
    """The signature of the member of staff who reads this."""

    name = forms.CharField(label="Type your name", max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label="Your password once more",
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


@plan_page
@require_http_methods(["GET", "HEAD"])
def sign_off_page(request: HttpRequest, client_id: UUID, version_id: UUID) -> HttpResponse:
    """Who was asked about this version, and how far each is."""
    return _page(request, *_read(request, client_id, version_id))


@plan_page
@require_POST
def ask_for_signatures(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Asks those who decide, and the lead, about the version in force now."""
    desk = desk_of(request, client_id, rows=False)
    ensure_may_write(desk)
    asked = ask_to_sign(plan_id=desk.plan_id, by=desk.by)
    said = "Asked. Nobody is chased; what was agreed counts without it." if asked else "All are asked already."
    say(request, said)
    return see_other("plans:sign_off", client_id=client_id, version_id=desk.front.version_id)


@plan_page
@require_POST
def ask_to_countersign(request: HttpRequest, client_id: UUID, person_id: UUID) -> HttpResponse:
    """Asks a supervisor of record about the version in force now."""
    desk = desk_of(request, client_id, rows=False)
    ensure_may_write(desk)
    ask_supervisor(plan_id=desk.plan_id, person_id=person_id, by=desk.by)
    say(request, "Asked. What was agreed counts without it.")
    return see_other("plans:sign_off", client_id=client_id, version_id=desk.front.version_id)


@plan_page
@require_POST
def not_signed(request: HttpRequest, client_id: UUID, version_id: UUID, person_id: UUID) -> HttpResponse:
    """Keeps staff's note of why somebody hasn't signed."""
    desk, page = _about(request, client_id, version_id, person_id)
    form = NotSignedForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, page, note=form, about=person_id, status=422)
    given = form.cleaned_data
    note_not_signed(version_id=version_id, person_id=person_id, by=desk.by, **given)
    say(request, "Noted. Nobody asks the client why.")
    return see_other("plans:sign_off", client_id=client_id, version_id=version_id)


@plan_page
@require_POST
def attempt(request: HttpRequest, client_id: UUID, version_id: UUID, person_id: UUID) -> HttpResponse:
    """Keeps that somebody tried to reach a signer."""
    desk, page = _about(request, client_id, version_id, person_id)
    form = AttemptForm(request.POST)
    if form.is_valid():
        try:
            note_attempt(
                version_id=version_id,
                person_id=person_id,
                on=form.cleaned_data["on"],
                how=form.cleaned_data["how"],
                by=desk.by,
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Noted.")
            return see_other("plans:sign_off", client_id=client_id, version_id=version_id)
    return _page(request, desk, page, tried=form, about=person_id, status=422)


@plan_page
@sensitive_post_parameters("password")
@require_POST
def sign_as_staff(request: HttpRequest, client_id: UUID, version_id: UUID) -> HttpResponse:
    """Takes the reader's own signature; the password again unless it was given within five minutes."""
    desk, page = _read(request, client_id, version_id)
    if page.mine is None or page.mine.request_id is None:
        raise NotYours
    form = OwnSignatureForm(request.POST)
    if form.is_valid() and _is_still_them(request, form):
        said = Signing(Statement.MINE, name=form.cleaned_data["name"], zone=timezone.get_current_timezone_name())
        try:
            sign(request_id=page.mine.request_id, said=said, by=desk.by)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Signed. It stands for exactly these words.")
            return see_other("plans:sign_off", client_id=client_id, version_id=version_id)
    return _page(request, desk, page, own=form, status=422)


def _is_still_them(request: HttpRequest, form: OwnSignatureForm) -> bool:
    if confirmed_recently(request):
        return True
    right = check_password_again(request, form.cleaned_data["password"])
    if not right:
        form.add_error("password", WRONG)
    return right


def _about(request: HttpRequest, client_id: UUID, version_id: UUID, person_id: UUID) -> tuple[Desk, SignOff]:
    """The page, to note something about one of its signers. Raises NotYours for anybody else."""
    desk, page = _read(request, client_id, version_id)
    ensure_may_write(desk)
    if person_id not in {signer.person_id for signer in page.signers if signer.is_client}:
        raise NotYours
    return desk, page


def _read(request: HttpRequest, client_id: UUID, version_id: UUID) -> tuple[Desk, SignOff]:
    desk = desk_of(request, client_id, rows=False)
    return desk, sign_off(client_id, version_id, desk.by.person_id)


def _page(request: HttpRequest, desk: Desk, page: SignOff, status: int = 200, **forms_shown: Any) -> HttpResponse:
    shown = {
        "sign_off": page,
        "note": forms_shown.get("note") or NotSignedForm(),
        "tried": forms_shown.get("tried") or AttemptForm(initial={"on": timezone.localdate()}),
        "own": forms_shown.get("own") or OwnSignatureForm(),
        "about": forms_shown.get("about"),
        "needs_password": not confirmed_recently(request),
    }
    return show(request, desk, "plans/sign_off.html", shown, status=status)
