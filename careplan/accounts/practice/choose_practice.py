"""As what somebody is at work today; asked only of those who work in more than one practice."""

from __future__ import annotations

from allauth.account.stages import LoginStage
from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.accounts.practice.unfinished import go_on, unfinished_sign_in
from careplan.accounts.selectors import StaffHat, choose_practice, hats_of
from careplan.accounts.stages import HatStage
from careplan.ui.forms import Form
from careplan.ui.pages import render


class HatForm(Form):
    """One practice, by name and what one does there."""

    practice = forms.ChoiceField(
        label="Where are you at work now?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a practice.", "invalid_choice": "Choose one of these practices."},
    )

    def __init__(self, hats: list[StaffHat], *args: object) -> None:
        super().__init__(*args)
        offered = [(str(hat.practice_id), f"{hat.practice_name}: {hat.roles_in_words}") for hat in hats]
        self.fields["practice"].choices = offered  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def _choose(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """Puts on the chosen hat and finishes the sign-in."""
    hats = hats_of(stage.login.user.person_id)
    if request.method != "POST":
        return render(request, "accounts/choose_practice.html", {"form": HatForm(hats)})
    form = HatForm(hats, request.POST)
    if not form.is_valid():
        return render(request, "accounts/choose_practice.html", {"form": form}, status=422)
    chosen = next(hat for hat in hats if str(hat.practice_id) == form.cleaned_data["practice"])
    choose_practice(request, chosen.practice_id)
    return go_on(request, stage)


choose = unfinished_sign_in(HatStage.key)(_choose)
