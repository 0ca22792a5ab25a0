"""The first sign-in: an authenticator app is paired, before anything else can be reached."""

from __future__ import annotations

import base64
from io import BytesIO
from textwrap import wrap

import qrcode  # type: ignore[import-untyped]
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStage
from allauth.mfa.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from careplan.accounts.door_log import address_of, note
from careplan.accounts.models import SigninKind, User
from careplan.accounts.practice.unfinished import CODES_KEY, go_on, unfinished_sign_in
from careplan.accounts.second_factor import (
    code_fits,
    enrol_totp,
    has_second_factor,
    make_recovery_codes,
    new_secret,
    take_second_step,
)
from careplan.accounts.selectors import SECOND_STEP_METHOD
from careplan.accounts.stages import SecondStepStage
from careplan.accounts.throttle import SECOND_STEP, TooManyTries, count_try
from careplan.fields.sealing import SealBroken, seal, unseal
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, render, see_other

PAIRING_KEY = "pairing"
WRONG = "Those digits don’t fit this key. Wait for the next ones, then try again."


class PairingForm(Form):
    """The first six digits, as proof that the app took the key."""

    code = forms.CharField(
        label="Six digits your app shows now",
        help_text="Pasting works. Spaces are fine.",
        max_length=40,
        error_messages={"required": "Write the six digits your app shows now."},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def _set_up(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """Shows a new key as a picture and as text, and takes the first six digits."""
    if has_second_factor(stage.login.user):
        return see_other("accounts:second_step")
    if request.method != "POST":
        return _page(request, stage, PairingForm())
    form = PairingForm(request.POST)
    if not form.is_valid():
        return _page(request, stage, form, status=422)
    return _pair(request, stage, form)


@require_safe
def _picture(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """The key as a QR picture, for the app's camera."""
    if has_second_factor(stage.login.user):
        return see_other("accounts:second_step")
    address = get_adapter().build_totp_url(stage.login.user, pairing_secret(request, stage.login.user))
    drawn = BytesIO()
    qrcode.make(address, image_factory=SvgPathFillImage).save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


set_up_second_step = unfinished_sign_in(SecondStepStage.key)(_set_up)
pairing_picture = unfinished_sign_in(SecondStepStage.key)(_picture)


def pairing_secret(request: HttpRequest, user: User) -> str:
    """Returns the key being paired in this sign-in; it rests sealed in the session until the app has shown it."""
    place = f"session.{PAIRING_KEY}.{user.pk}"
    kept = request.session.get(PAIRING_KEY)
    if kept:
        try:
            return unseal(base64.b64decode(kept), place=place).decode()
        except SealBroken:
            pass
    secret = new_secret()
    request.session[PAIRING_KEY] = base64.b64encode(seal(secret.encode(), place=place)).decode()
    return secret


def _pair(request: HttpRequest, stage: LoginStage, form: PairingForm) -> HttpResponse:
    user, address, code = stage.login.user, address_of(request), form.cleaned_data["code"]
    try:
        this_try = count_try(request, action=SECOND_STEP, key=str(user.pk))
    except TooManyTries as wait:
        refuse(form, wait)
        return _page(request, stage, form, status=429)
    secret = pairing_secret(request, user)
    if not code_fits(secret, code):
        note(SigninKind.SECOND_STEP_REFUSED, user=user, address=address)
        form.add_error("code", WRONG)
        return _page(request, stage, form, status=422)
    this_try.forgive()
    enrol_totp(user=user, secret=secret, address=address)
    make_recovery_codes(user=user, address=address)
    step = take_second_step(user=user, code=code, address=address)
    del request.session[PAIRING_KEY]
    request.session[CODES_KEY] = True
    record_authentication(request, user, SECOND_STEP_METHOD, type=str(step))
    return go_on(request, stage)


def _page(request: HttpRequest, stage: LoginStage, form: PairingForm, status: int = 200) -> HttpResponse:
    secret = pairing_secret(request, stage.login.user)
    shown = {"form": form, "key_in_groups": " ".join(wrap(secret, 4))}
    return render(request, "accounts/set_up_second_step.html", shown, status=status)
