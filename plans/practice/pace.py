"""The client's pace, as they said it (PLAN-20)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.ui.forms import Form
from careplan.ui.pages import say, see_other
from plans.kinds import PACE_CAPS, How, Pace
from plans.practice.around import Desk, desk_of, ensure_may_write, plan_page, show
from plans.practice.person import capital
from plans.selectors.pace import PaceNow
from plans.services.pace import set_pace

SAID = (
    (How.SAID_IN_SESSION.value, "Said in session"),
    (How.PHONE_OR_VIDEO.value, "By phone or video"),
    (How.ON_PAPER.value, "On paper"),
)


class PaceForm(Form):
    """A pace and how it was said."""

    pace = forms.ChoiceField(label="The pace", choices=Pace.choices, widget=forms.RadioSelect)
    said_how = forms.ChoiceField(label="How was it said?", choices=SAID)


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def pace(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Shows what each pace leaves staff to propose, and writes down the one the client chose."""
    desk = desk_of(request, client_id, rows=False)
    if not desk.front.writable:
        ensure_may_write(desk)
    form = PaceForm(request.POST or None, initial={"pace": desk.front.pace.pace.value})
    form.fields["pace"].choices = [(each.value, _label(each, desk.front.pace)) for each in Pace]  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(request, desk, form)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    set_pace(client_id=client_id, pace=form.cleaned_data["pace"], said_how=form.cleaned_data["said_how"], by=desk.by)
    say(request, f"{desk.client.whose} pace is {Pace(form.cleaned_data['pace']).label.lower()} now.")
    return see_other("plans:plan", client_id=client_id)


def _label(each: Pace, now: PaceNow) -> str:
    cap, per = PACE_CAPS[each], "session" if now.by_session else "day"
    left = {0: "no new proposals", 1: f"one new proposal a {per}"}.get(cap, f"{cap} new proposals a {per}")
    return capital(f"{each.label}: {left}")


def _page(request: HttpRequest, desk: Desk, form: PaceForm, status: int = 200) -> HttpResponse:
    return show(request, desk, "plans/pace.html", {"form": form}, status=status)
