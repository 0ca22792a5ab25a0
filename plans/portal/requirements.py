"""Set by others, not by me: read it, or see it differently, in my own words (PLAN-19)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from careplan.access.classes import DataClass
from careplan.errors import Refused
from careplan.ui.forms import Form, OwnWords
from careplan.ui.pages import client_page, refuse, render, say, see_other
from plans.kinds import Seen
from plans.portal.answer import as_begun
from plans.selectors.requirements import requirement_line, requirements_of
from plans.services.drafts import drop_draft, load_draft
from plans.services.requirements import see_requirement

LONGEST = 4000


class SeenForm(Form):
    """One of two, none chosen beforehand, and words if they like."""

    seen = forms.ChoiceField(
        label=_("What do you say?"),
        choices=Seen.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("choose one of the two")},
    )
    words = forms.CharField(label=_("In your words"), required=False, max_length=LONGEST, widget=OwnWords)


@client_page(DataClass.PLAN, DataClass.IDENTITY)
@require_safe
def requirements(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What others ask, each with what the client last said of it."""
    shown = {"lines": requirements_of(client_id), "current_entry": "my_plan:plan"}
    return render(request, "plans/my/requirements.html", shown)


@client_page(DataClass.PLAN, DataClass.IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def requirement(request: HttpRequest, client_id: UUID, requirement_id: UUID) -> HttpResponse:
    """One of them, and how I see it. It is no agreement, and nothing hangs on it."""
    line = requirement_line(client_id, requirement_id)
    by, key = request.actor, f"requirement:{requirement_id}"  # type: ignore[attr-defined]
    said = {"seen": line.view.seen, "words": line.view.words} if line.view else {}
    begun = said | as_begun(load_draft(client_id=client_id, key=key, by=by))
    form = SeenForm(request.POST or None, initial=begun)
    shown = {"line": line, "form": form, "draft_key": key, "current_entry": "my_plan:plan"}
    if request.method != "POST":
        return render(request, "plans/my/requirement.html", shown)
    if not form.is_valid():
        return render(request, "plans/my/requirement.html", shown, status=422)
    try:
        see_requirement(requirement_id=requirement_id, by=by, **form.cleaned_data)
    except Refused as error:
        refuse(form, error)
        return render(request, "plans/my/requirement.html", shown, status=422)
    drop_draft(client_id=client_id, key=key, by=by)
    say(request, str(_("Kept, in your words. It changes nothing in your plan.")))
    return see_other("my_plan:requirements")
