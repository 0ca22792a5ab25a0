"""The calendar: weeks, days and lists; time held; the practice's rules (practice screen 13)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from careplan.errors import NotYours, Refused
from careplan.ui.forms import DayField, Form
from careplan.ui.pages import invalid, refuse, render, say, see_other, staff_page
from clients.practice.who import who
from clients.selectors.staff import at_work, colleagues, holds_role
from messaging.practice.inbox import WEEK
from messaging.selectors.calendar import Rules, calendar_of, rules_of, zone_of_practice
from messaging.services.sessions import ARRANGES, When, hold_time, release_time, say_rules

VIEWS = {"week": 7, "day": 1, "list": 14}


class ClockField(forms.TimeField):
    """A time of day in the browser's own picker, to the minute."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")

    def clean(self, value: Any) -> Any:
        """The time without seconds."""
        at = super().clean(value)
        return at.replace(second=0, microsecond=0) if at else at


def _first(request: HttpRequest, view: str) -> date:
    """The first day that is shown: of a week, its Monday."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = timezone.localdate()
    on = on if abs((on - timezone.localdate()).days) <= 3_660 else timezone.localdate()
    return on if view == "day" else on - timedelta(days=on.weekday())


def _with(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("with", ""))
    except ValueError:
        return None


@staff_page
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Some days: one's own, or at the desk everybody's."""
    view = request.GET.get("view", "week") if request.GET.get("view") in VIEWS else "week"
    first = _first(request, view)
    there = calendar_of(who(request), first=first, days=VIEWS[view], with_id=_with(request))
    shown = {
        "calendar": there,
        "view": view,
        "first": first,
        "last": first + timedelta(days=4 if view == "week" else VIEWS[view] - 1),
        "before": first - timedelta(days=VIEWS[view]),
        "after": first + timedelta(days=VIEWS[view]),
        "today": timezone.localdate(),
        "weekdays": there.days[:5],
        "weekend": [day for day in there.days[5:] if day.entries],
        "hours": [(f"{hour:02d}00", f"{(hour - 1) % 12 + 1} {'am' if hour < 12 else 'pm'}") for hour in range(9, 19)],
    }
    return render(request, "messaging/calendar.html", shown)


class HoldForm(Form):
    """Time for something without a client."""

    on = DayField(label="Day")
    at = ClockField(label="From")
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480)
    held_for = forms.CharField(label="What for", max_length=80)
    whose = forms.ChoiceField(label="Whose time", required=False)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest) -> HttpResponse:
    """Holds time for oneself, or at the desk for a colleague."""
    by = who(request)
    me, practice_id = at_work(by)
    form = HoldForm(request.POST or None, initial={"on": timezone.localdate(), "minutes": 60, "whose": str(me)})
    people = [(str(each.person_id), each.name) for each in colleagues(practice_id)] if holds_role(by, ARRANGES) else []
    form.fields["whose"] = forms.ChoiceField(label="Whose time", required=False, choices=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            hold_time(
                clinician_id=UUID(said["whose"]) if said["whose"] else me,
                when=When(said["on"], said["at"], said["minutes"]),
                held_for=said["held_for"],
                zone=zone_of_practice(practice_id),
                by=by,
            )
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Held.")
            return see_other("messaging:calendar")
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/hold.html", {"form": form, "whose": bool(people)})


@staff_page
@require_http_methods(["POST"])
def release(request: HttpRequest) -> HttpResponse:
    """Gives held time back."""
    try:
        slot_id = UUID(request.POST.get("slot", ""))
    except ValueError:
        raise NotYours from None
    release_time(slot_id=slot_id, by=who(request))
    say(request, "Free again.")
    return see_other("messaging:calendar")


class RulesForm(Form):
    """What clients may do, and when the calendar is open."""

    notice_hours = forms.IntegerField(label="A client moves a session until (hours before)", min_value=0, max_value=336)
    minutes = forms.IntegerField(label="A session is (minutes)", min_value=10, max_value=240)
    weekdays = forms.MultipleChoiceField(
        label="Open on", choices=WEEK, required=False, widget=forms.CheckboxSelectMultiple
    )
    opens = ClockField(label="From")
    closes = ClockField(label="Until")

    def rules(self) -> Rules:
        """What was said."""
        said: dict[str, Any] = self.cleaned_data
        return Rules(**{**said, "weekdays": tuple(int(day) for day in said["weekdays"])})


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_rules(request: HttpRequest) -> HttpResponse:
    """The rules of the calendar: read by everybody, said by the desk, a manager or the practice's lead."""
    by = who(request)
    now = rules_of(at_work(by)[1])
    form = RulesForm(request.POST or None, initial={**vars(now), "weekdays": [str(day) for day in now.weekdays]})
    if request.method == "POST" and form.is_valid():
        try:
            say_rules(rules=form.rules(), by=by)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "Saved. It holds from now on.")
            return see_other("messaging:calendar")
    page = invalid if request.method == "POST" else render
    return page(request, "messaging/calendar_rules.html", {"form": form, "may_say": holds_role(by, ARRANGES)})
