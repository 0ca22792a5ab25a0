"""What a court, school, employer or law demands, beside the plan and never in it (PLAN-19)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.errors import Refused
from careplan.ui.forms import Form, OwnWords, Words
from careplan.ui.pages import refuse, say, see_other
from plans.kinds import Seen, SetBy
from plans.practice.around import Desk, desk_of, ensure_may_write, plan_page, show
from plans.practice.pace import SAID
from plans.selectors.people import can_dictate
from plans.selectors.requirements import requirement_line, requirements_of
from plans.services.requirements import Demand, end_requirement, see_requirement, set_requirement

LONGEST = 4000


class DemandForm(Form):
    """Who demands what, until when, and what is reported to whom. Nothing is chosen beforehand."""

    kind = forms.ChoiceField(label="Set by", choices=[("", "Choose"), *SetBy.choices])
    set_by = forms.CharField(label="Who exactly", max_length=300)
    what = forms.CharField(label="What is asked", max_length=LONGEST, widget=Words)
    until = forms.DateField(label="Until", required=False)
    reported = forms.CharField(label="What is reported", required=False, max_length=LONGEST, widget=Words)
    reported_to = forms.CharField(label="To whom", required=False, max_length=300)


class ViewForm(Form):
    """How the client sees it, typed as they say it."""

    seen = forms.ChoiceField(label="What they say", choices=Seen.choices, widget=forms.RadioSelect)
    words = forms.CharField(label="In their words", required=False, max_length=LONGEST, widget=OwnWords)
    how = forms.ChoiceField(label="How they told you", choices=SAID)


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def requirements(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Every requirement with the client's view, and for those who care the form for another."""
    desk = desk_of(request, client_id, rows=False)
    form = DemandForm(request.POST or None)
    if request.method != "POST":
        return _page(request, desk, form)
    ensure_may_write(desk)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        set_requirement(client_id=client_id, demand=Demand(**form.cleaned_data), by=desk.by)
    except Refused as error:
        refuse(form, error)
        return _page(request, desk, form, status=422)
    say(request, f"Written down. {desk.client.name} reads it as set by others.")
    return see_other("plans:requirements", client_id=client_id)


@plan_page
@require_POST
def end(request: HttpRequest, client_id: UUID, requirement_id: UUID) -> HttpResponse:
    """It is asked no more."""
    desk = desk_of(request, client_id, rows=False)
    requirement_line(client_id, requirement_id)
    ensure_may_write(desk)
    end_requirement(requirement_id=requirement_id, by=desk.by)
    say(request, "Ended. It stays readable.")
    return see_other("plans:requirements", client_id=client_id)


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def requirement_said(request: HttpRequest, client_id: UUID, requirement_id: UUID) -> HttpResponse:
    """How the client sees it, written down as they said it while they have no pages of their own."""
    desk = desk_of(request, client_id, rows=False)
    line = requirement_line(client_id, requirement_id)
    ensure_may_write(desk)
    form = ViewForm(request.POST or None)
    shown = {"line": line, "form": form}
    if request.method != "POST":
        return show(request, desk, "plans/requirement_said.html", shown)
    if not form.is_valid():
        return show(request, desk, "plans/requirement_said.html", shown, status=422)
    try:
        see_requirement(requirement_id=requirement_id, by=desk.by, **form.cleaned_data)
    except Refused as error:
        refuse(form, error)
        return show(request, desk, "plans/requirement_said.html", shown, status=422)
    say(request, "Kept as it was said.")
    return see_other("plans:requirements", client_id=client_id)


def _page(request: HttpRequest, desk: Desk, form: DemandForm, status: int = 200) -> HttpResponse:
    lines = requirements_of(desk.client_id)
    shown = {"lines": lines, "form": form, "may_dictate": desk.front.writable and can_dictate(desk.client_id)}
    return show(request, desk, "plans/requirements.html", shown, status=status)
