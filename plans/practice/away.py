"""Days away and who covers: the clocks of proposals wait meanwhile, and the client reads both (PLAN-7)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from careplan.errors import Refused
from careplan.ui.forms import DayField, Form
from careplan.ui.pages import refuse, render, say, see_other, staff_page
from clients.selectors.staff import at_work, colleagues
from plans.practice.around import actor_of
from plans.selectors.away import absences_of
from plans.services.away import call_off, say_away

NOBODY = ("", "Nobody")


class AwayForm(Form):
    """The first and the last day away, and a colleague who covers."""

    first = DayField(label="First day away")
    last = DayField(label="Last day away")
    cover = forms.ChoiceField(label="Who covers", required=False)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Shows one's days away and takes new ones."""
    form = _form(request)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    cover = form.cleaned_data["cover"]
    try:
        say_away(
            first=form.cleaned_data["first"],
            last=form.cleaned_data["last"],
            cover_id=UUID(cover) if cover else None,
            by=actor_of(request),
        )
    except Refused as error:
        refuse(form, error)
        return _page(request, form, status=422)
    say(request, "Saved. Your clients read that you are away, and the days to answer wait.")
    return see_other("plans:away")


@staff_page
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Back early, or not away after all."""
    try:
        absence_id = UUID(request.POST.get("absence", ""))
    except ValueError:
        return see_other("plans:away")
    call_off(absence_id=absence_id, by=actor_of(request))
    say(request, "Saved. The days to answer go on from now.")
    return see_other("plans:away")


def _form(request: HttpRequest) -> AwayForm:
    form = AwayForm(request.POST or None)
    person_id, practice_id = at_work(actor_of(request))
    others = [(str(each.person_id), each.name) for each in colleagues(practice_id) if each.person_id != person_id]
    form.fields["cover"].choices = [NOBODY, *others]  # type: ignore[attr-defined]
    return form


def _page(request: HttpRequest, form: AwayForm, status: int = 200) -> HttpResponse:
    return render(request, "plans/away.html", {"form": form, "absences": absences_of(actor_of(request))}, status=status)
