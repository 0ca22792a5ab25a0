"""Change, pause or stop: one step each, no reason asked, and a way back (PLAN-14, screen 19)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, Form
from careplan.ui.pages import client_page, refuse, say, see_other
from plans.hooks import when_resting
from plans.kinds import RestScope
from plans.portal.around import heading, is_own, my_page, plan_of, short, show
from plans.selectors.own_plan import OwnPlan
from plans.services.rests import end_own_plan, go_on, pause, stop_therapy, take_up_therapy

# Pausing everything and stopping also say so in the directory, and tell whatever hangs in.
OPENED = frozenset({DataClass.PLAN, DataClass.IDENTITY, DataClass.CONSENT}).union(
    *(each.classes for each in when_resting)
)
WHAT = ((RestScope.PLAN.value, gettext_lazy("My plan")), (RestScope.EVERYTHING.value, gettext_lazy("Everything")))


class PauseForm(Form):
    """Until when, if a day is known."""

    until = DayField(label=gettext_lazy("Until (if you like)"), required=False)


class RestForm(PauseForm):
    """What rests, and until when."""

    scope = forms.ChoiceField(label=gettext_lazy("What should rest?"), choices=WHAT, widget=forms.RadioSelect)


@client_page(*sorted(OPENED))
@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Shows what can change, rest or end, and does the one thing that is asked."""
    plan = plan_of(request, client_id)
    form = RestForm(request.POST if request.POST.get("do") == "pause" else None)
    if request.method != "POST":
        return _page(request, plan, form)
    do = DOING.get(request.POST.get("do", ""))
    if do is None:
        raise Refused(_("Choose what should happen."))
    if not form.is_bound:
        return _answer(request, do(plan, {}))
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    try:
        return _answer(request, do(plan, form.cleaned_data))
    except Refused as error:
        refuse(form, error)
        return _page(request, plan, form, status=422)


@my_page
@require_http_methods(["GET", "HEAD", "POST"])
def rest_item(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Pauses one line, or lets it go on."""
    plan = plan_of(request, client_id, item_id=item_id)
    form = PauseForm(request.POST or None)
    if request.method != "POST":
        return _item_page(request, plan, form)
    running = plan.pause_of(plan.item)
    if request.POST.get("do") == "go_on":
        if running is not None:
            go_on(pause_id=running.id, by=plan.by)
        say(request, _("It goes on."))
        return see_other("my_plan:plan")
    if not form.is_valid():
        return _item_page(request, plan, form, status=422)
    try:
        until = form.cleaned_data["until"]
        pause(client_id=client_id, scope=RestScope.ITEM, item_id=item_id, until=until, by=plan.by)
    except Refused as error:
        refuse(form, error)
        return _item_page(request, plan, form, status=422)
    say(request, _("This rests now. It goes on when you say, or on the day you chose."))
    return see_other("my_plan:plan")


def _pause(plan: OwnPlan, said: dict[str, Any]) -> str:
    pause(client_id=plan.client_id, scope=said["scope"], until=said["until"], by=plan.by)
    if said["scope"] == RestScope.EVERYTHING:
        return str(_("Everything rests from now. Reminders have stopped."))
    return str(_("Your plan rests from now, as it is."))


def _go_on(plan: OwnPlan, said: dict[str, Any]) -> str:
    for scope in (RestScope.EVERYTHING, RestScope.PLAN):
        running = plan.resting(scope)
        if running is not None:
            go_on(pause_id=running.id, by=plan.by)
    return str(_("It goes on."))


def _end_plan(plan: OwnPlan, said: dict[str, Any]) -> str:
    if plan.front.plan_id is None:
        raise NotYours
    end_own_plan(plan_id=plan.front.plan_id, by=plan.by)
    return str(_("Your plan has ended. You can read it, and start a new one whenever you like."))


def _stop(plan: OwnPlan, said: dict[str, Any]) -> str:
    stop_therapy(client_id=plan.client_id, by=plan.by)
    return str(_("You have stopped. Reminders have stopped too. Your pages stay yours, and there is a way back."))


def _come_back(plan: OwnPlan, said: dict[str, Any]) -> str:
    take_up_therapy(client_id=plan.client_id, by=plan.by)
    return str(_("Good to have you back. %(name)s can see it.")) % {"name": plan.therapist}


DOING: dict[str, Callable[[OwnPlan, dict[str, Any]], str]] = {
    "pause": _pause,
    "go_on": _go_on,
    "end_plan": _end_plan,
    "stop": _stop,
    "come_back": _come_back,
}


def _answer(request: HttpRequest, sentence: str) -> HttpResponse:
    say(request, sentence)
    return see_other("my_plan:rest")


def _page(request: HttpRequest, plan: OwnPlan, form: RestForm, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "stopped": plan.resting(RestScope.THERAPY),
        "resting": plan.resting(RestScope.EVERYTHING) or plan.resting(RestScope.PLAN),
        "everything": plan.resting(RestScope.EVERYTHING),
    }
    return show(request, plan, "plans/my/rest.html", shown, status=status)


def _item_page(request: HttpRequest, plan: OwnPlan, form: PauseForm, status: int = 200) -> HttpResponse:
    row = plan.item
    shown = {"row": row, "form": form, "heading": heading(row), "own": is_own(row), "line": short(row)}
    return show(request, plan, "plans/my/rest_item.html", {**shown, "pause": plan.pause_of(row)}, status=status)
