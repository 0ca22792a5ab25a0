"""Where six digits are typed that were read out on a call. The page says nothing about what they open (UI-8)."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from careplan.accounts.throttle import CALL_CODE, TooManyTries, count_try
from careplan.ui import on_call
from careplan.ui.forms import Form
from careplan.ui.pages import open_page, refuse, render, see_other
from careplan.ui.turned import turn

WRONG = _("Those digits open nothing. They are good for ten minutes, once. Ask for new ones.")


class CodeForm(Form):
    """Six digits, blanks allowed."""

    code = forms.CharField(
        label=_("The six digits you were told"),
        max_length=20,
        error_messages={"required": _("Write the six digits.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """The digits alone; six of them."""
        digits = "".join(sign for sign in self.cleaned_data["code"] if sign.isascii() and sign.isdigit())
        if len(digits) != 6:
            raise forms.ValidationError(_("These are not six digits."))
        return digits


@open_page
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the digits; right ones turn this browser to what they open, and to nothing else."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, 422 if form.errors else 200)
    try:
        this_try = count_try(request, action=CALL_CODE, key="everybody")
    except TooManyTries as wait:
        refuse(form, wait)
        return _page(request, form, 429)
    if not on_call.begin(request, form.cleaned_data["code"]):
        form.add_error("code", WRONG)
        return _page(request, form, 422)
    this_try.forgive()
    call = on_call.call_of(request)
    url = reverse("plans:sheet_call")
    if call is not None:
        turn(request, client=call.client_id, sheet=call.object_id, url=url, own_device=True)
    return see_other(url)


def _page(request: HttpRequest, form: CodeForm, status: int) -> HttpResponse:
    return render(request, "plans/code.html", {"form": form}, status=status)
