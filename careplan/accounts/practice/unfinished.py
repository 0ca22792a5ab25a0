"""A sign-in on its way: past the password, not yet anybody's session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.stages import LoginStage, LoginStageController
from django.http import HttpRequest, HttpResponse

from careplan.accounts.selectors import hats_of
from careplan.ui.pages import open_page, see_other

CODES_KEY = "recovery_codes_to_show"
AFTER_CODES_KEY = "after_recovery_codes"

StageView = Callable[..., HttpResponse]


def unfinished_sign_in(
    stage_key: str, *, lets_in: Callable[[UUID], object] = hats_of, begin: str = "accounts:sign_in"
) -> Callable[[StageView], Callable[..., HttpResponse]]:
    """A page for somebody whose sign-in waits at this stage; everybody else is led to its beginning."""

    def decorate(view: StageView) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            stage = _waiting(request, stage_key, lets_in)
            return view(request, stage, **kwargs) if stage else see_other(begin)

        return open_page(page)

    return decorate


def go_on(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """Returns the way to what comes next; who has just set up their second step sees their recovery codes first."""
    way: HttpResponse = stage.exit()
    if not request.user.is_authenticated or not request.session.get(CODES_KEY):
        return way
    request.session[AFTER_CODES_KEY] = way.headers["Location"]
    return see_other("accounts:recovery_codes")


def _waiting(request: HttpRequest, stage_key: str, lets_in: Callable[[UUID], object]) -> LoginStage | None:
    stage = LoginStageController.enter(request, stage_key)
    user = stage.login.user if stage else None
    # Somebody whose way in was closed since they gave their password goes no further.
    if user is None or not user.is_active or not lets_in(user.person_id):
        return None
    return stage
