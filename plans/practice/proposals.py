"""The proposals inbox (screen 6): whose proposals wait for me, and for how long. It opens nothing."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, render, say, see_other, staff_page
from plans.practice.around import actor_of
from plans.selectors.inbox import Inbox, proposals_inbox
from plans.services.away import set_answer_window


class WindowForm(Form):
    """In how many days this practice answers."""

    days = forms.IntegerField(label="Days to answer", min_value=1, max_value=30)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    """Lists what waits, the nearest to late first; those who lead the practice set its window here."""
    inbox = proposals_inbox(actor_of(request))
    if request.method != "POST":
        return _page(request, inbox, WindowForm(initial={"days": inbox.window}))
    if not inbox.may_set:
        raise NotYours
    form = WindowForm(request.POST)
    if not form.is_valid():
        return _page(request, inbox, form, status=422)
    try:
        set_answer_window(days=form.cleaned_data["days"], by=actor_of(request))
    except Refused as error:
        refuse(form, error)
        return _page(request, inbox, form, status=422)
    say(request, "Saved. What was proposed before keeps the days it had.")
    return see_other("plans:proposals")


def _page(request: HttpRequest, inbox: Inbox, form: WindowForm, status: int = 200) -> HttpResponse:
    return render(request, "plans/proposals.html", {"inbox": inbox, "form": form}, status=status)
