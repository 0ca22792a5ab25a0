"""Messages: whose are new, and when one reads them."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from careplan.accounts.selectors import staff_session
from careplan.errors import NotYours, Refused
from careplan.ui.forms import Form
from careplan.ui.pages import invalid, refuse, render, say, see_other, staff_page
from clients.practice.who import who
from clients.selectors.staff import at_work
from messaging.selectors.hours import DAYS, Hours, hours_of
from messaging.selectors.inbox import READS_MESSAGES
from messaging.selectors.inbox import inbox as inbox_of
from messaging.services.hours import say_hours

WEEK = [(str(number), str(day).removesuffix("s")) for number, day in enumerate(DAYS, start=1)]


@staff_page
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The threads of one's own clients, without a word of what is in them."""
    _ensure_cares(request)
    by = who(request)
    _, practice_id = at_work(by)
    name = getattr(getattr(request, "staff", None), "first_name", "")
    told = hours_of(practice_id, by.person_id).sentence(name)
    return render(request, "messaging/inbox.html", {"inbox": inbox_of(by), "hours": told})


class HoursForm(Form):
    """The days and hours in which one reads messages."""

    weekdays = forms.MultipleChoiceField(label="On", choices=WEEK, required=False, widget=forms.CheckboxSelectMultiple)
    opens = forms.TimeField(label="From", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label="Until", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    within_days = forms.IntegerField(label="I usually answer within (days)", min_value=1, max_value=14)

    def hours(self) -> Hours:
        """What was said."""
        said: dict[str, Any] = self.cleaned_data
        days = tuple(int(day) for day in said["weekdays"])
        return Hours(days, _minute(said["opens"]), _minute(said["closes"]), said["within_days"])


def _ensure_cares(request: HttpRequest) -> None:
    """Raises NotYours for whoever cares for nobody here: a front desk has no messages (ACC-12, UI-10)."""
    me = staff_session(request)
    if me is None or not READS_MESSAGES & me.roles:
        raise NotYours


def _minute(at: time) -> time:
    return at.replace(second=0, microsecond=0)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """When one reads messages: what clients are told before they write."""
    _ensure_cares(request)
    by = who(request)
    _, practice_id = at_work(by)
    now = hours_of(practice_id, by.person_id)
    form = HoursForm(request.POST or None, initial={**vars(now), "weekdays": [str(day) for day in now.weekdays]})
    if request.method == "POST" and form.is_valid():
        try:
            say_hours(hours=form.hours(), by=by)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Saved. Clients read it before they write.")
            return see_other("messaging:inbox")
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/hours.html", {"form": form})
