"""The second step: six digits from an app, or a recovery code."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStage
from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.accounts.door_log import address_of, note
from careplan.accounts.models import SigninKind
from careplan.accounts.practice.unfinished import go_on, unfinished_sign_in
from careplan.accounts.second_factor import has_second_factor, take_second_step
from careplan.accounts.selectors import SECOND_STEP_METHOD
from careplan.accounts.stages import SecondStepStage
from careplan.accounts.throttle import SECOND_STEP, TooManyTries, count_try
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, render, see_other

WRONG = "That code doesn’t fit, or was used before. Wait for the next one, then try again."
WRONG_RECOVERY_CODE = "That recovery code doesn’t fit, or was used before."


class CodeForm(Form):
    """Six digits from an app."""

    code = forms.CharField(
        label="Six digits from your app",
        help_text="Pasting works. Spaces are fine.",
        max_length=40,
        error_messages={"required": "Write the six digits your app shows now."},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class RecoveryCodeForm(Form):
    """One of the codes kept for a lost phone."""

    code = forms.CharField(
        label="A recovery code",
        help_text="Each works once. Spaces are fine.",
        max_length=40,
        error_messages={"required": "Write one of your recovery codes."},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def _second_step(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """Asks for the code, and finishes the sign-in."""
    if not has_second_factor(stage.login.user):
        return see_other("accounts:set_up_second_step")
    if request.method != "POST":
        return _page(request, _form_class(request)())
    form = _form_class(request)(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _check(request, stage, form)


second_step = unfinished_sign_in(SecondStepStage.key)(_second_step)


def _check(request: HttpRequest, stage: LoginStage, form: Form) -> HttpResponse:
    user, address = stage.login.user, address_of(request)
    try:
        this_try = count_try(request, action=SECOND_STEP, key=str(user.pk))
    except TooManyTries as wait:
        note(SigninKind.THROTTLED, user=user, address=address)
        refuse(form, wait)
        return _page(request, form, status=429)
    step = take_second_step(user=user, code=form.cleaned_data["code"], address=address)
    if step is None:
        note(SigninKind.SECOND_STEP_REFUSED, user=user, address=address)
        form.add_error("code", WRONG_RECOVERY_CODE if isinstance(form, RecoveryCodeForm) else WRONG)
        return _page(request, form, status=422)
    this_try.forgive()
    record_authentication(request, user, SECOND_STEP_METHOD, type=str(step))
    return go_on(request, stage)


def _with_recovery_code(request: HttpRequest) -> bool:
    return (request.POST if request.method == "POST" else request.GET).get("with") == "recovery"


def _form_class(request: HttpRequest) -> type[Form]:
    return RecoveryCodeForm if _with_recovery_code(request) else CodeForm


def _page(request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
    shown = {"form": form, "with_recovery_code": _with_recovery_code(request)}
    return render(request, "accounts/second_step.html", shown, status=status)
