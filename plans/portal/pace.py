"""My pace: how much I want to be asked from now on (PLAN-20)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from careplan.ui.forms import Form
from careplan.ui.pages import say, see_other
from plans.kinds import PACE_CAPS, How, Pace
from plans.portal.around import my_page, plan_of, show
from plans.selectors.pace import PaceNow
from plans.services.pace import set_pace


class PaceForm(Form):
    """A pace."""

    pace = forms.ChoiceField(label=gettext_lazy("My pace"), choices=Pace.choices, widget=forms.RadioSelect)


@my_page
@require_http_methods(["GET", "HEAD", "POST"])
def pace(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Shows what each pace means and takes one."""
    plan = plan_of(request, client_id)
    form = PaceForm(request.POST or None, initial={"pace": plan.front.pace.pace.value})
    form.fields["pace"].choices = [(each.value, _label(each, plan.front.pace)) for each in Pace]  # type: ignore[attr-defined]
    if request.method != "POST":
        return show(request, plan, "plans/my/pace.html", {"form": form})
    if not form.is_valid():
        return show(request, plan, "plans/my/pace.html", {"form": form}, status=422)
    set_pace(client_id=client_id, pace=form.cleaned_data["pace"], said_how=How.OWN_HAND_PORTAL, by=plan.by)
    say(request, _("Saved. Your care team reads it before they suggest anything."))
    return see_other("my_plan:plan")


def _label(each: Pace, now: PaceNow) -> str:
    cap = PACE_CAPS[each]
    if not cap:
        return f"{each.label}. {_('No new suggestions until I say.')}"
    if now.by_session:
        told = ngettext("One new suggestion a session at most.", "%(cap)s new suggestions a session at most.", cap)
    else:
        told = ngettext("One new suggestion a day at most.", "%(cap)s new suggestions a day at most.", cap)
    return f"{each.label}. {told % {'cap': cap}}"
