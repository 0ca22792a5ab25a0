"""What this practice uses: modules switched off and on, by whoever looks after the practice (UI-10)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.accounts.selectors import staff_session
from careplan.accounts.staff import choose_modules, ensure_looks_after_staff
from careplan.errors import NotYours
from careplan.modules import modules as every_module
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, render, say, see_other, staff_page


class ModulesForm(Form):
    """The modules that are on; Today, Clients and Calendar always are."""

    on = forms.MultipleChoiceField(
        label="This practice uses", required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(module.key, f"{module.label}: {module.says}") for module in every_module]
        self.fields["on"].choices = choices  # type: ignore[attr-defined]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def modules(request: HttpRequest) -> HttpResponse:
    """What is switched off is not there from the next page on, for staff and clients; nothing kept is lost."""
    me = staff_session(request)
    if me is None:
        raise NotYours
    ensure_looks_after_staff(me)
    on = [module.key for module in every_module if module.key not in me.modules_off]
    form = ModulesForm(request.POST if request.method == "POST" else None, initial={"on": on})
    if request.method == "POST" and form.is_valid():
        choose_modules(practice_id=me.practice_id, on=form.cleaned_data["on"])
        say(request, "It counts from now. What a module kept stays in the records.")
        return see_other("accounts:modules")
    page = invalid if request.method == "POST" else render
    return page(request, "accounts/modules.html", {"form": form, "practice": me.practice_name})
