"""Which of their own pages somebody wants to open; asked only when more than one record stands for them."""

from __future__ import annotations

from uuid import UUID

from allauth.account.stages import LoginStage
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from careplan.accounts.practice.unfinished import go_on, unfinished_sign_in
from careplan.accounts.selectors import OwnRecord, choose_record, own_records
from careplan.accounts.stages import HatStage
from careplan.ui.forms import Form
from careplan.ui.pages import render
from careplan.ui.templatetags.ui import day


class PagesForm(Form):
    """One of several: by who keeps them, and since when."""

    pages = forms.ChoiceField(
        label=_("Which pages?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, own: list[OwnRecord], *args: object) -> None:
        super().__init__(*args)
        offered = [(str(each.client_id), f"{each.practice_name}, {_('since')} {day(each.since)}") for each in own]
        self.fields["pages"].choices = offered  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def _choose(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """Opens the chosen pages and finishes the sign-in."""
    own = own_records(stage.login.user.person_id)
    form = PagesForm(own, request.POST) if request.method == "POST" else PagesForm(own)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/choose_pages.html", {"form": form}, status=422 if form.errors else 200)
    choose_record(request, UUID(form.cleaned_data["pages"]))
    return go_on(request, stage)


choose_pages = unfinished_sign_in(HatStage.key, lets_in=own_records, begin="accounts:my_sign_in")(_choose)
