"""Talk about this: the small conversation beside one line (PLAN-1)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careplan.errors import Refused
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, say, see_other
from plans.kinds import CLIENT_SIDE
from plans.portal.answer import begun_with, typed
from plans.portal.around import ensure_running, heading, is_own, my_page, plan_of, short, show
from plans.portal.forms import own_words
from plans.portal.told import differs
from plans.selectors.comments import comments_on
from plans.selectors.own_plan import OwnPlan
from plans.services.comments import comment_on_item
from plans.services.drafts import drop_draft, save_draft


class TalkForm(Form):
    """Some words about a line."""

    words = own_words(gettext_lazy("My words"))


@my_page
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Shows what was said beside a line and takes one's own words."""
    plan = plan_of(request, client_id, item_id=item_id)
    if request.method != "POST":
        return _page(request, plan, TalkForm(initial=begun_with(plan, _key(item_id))))
    ensure_running(plan)
    if request.POST.get("do") == "later":
        save_draft(client_id=client_id, key=_key(item_id), content=typed(request), by=plan.by)
        say(request, _("Kept. Only you can read it."))
        return see_other("my_plan:talk", item_id=item_id)
    form = TalkForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    try:
        comment_on_item(item_id=item_id, words=form.cleaned_data["words"], by=plan.by)
    except Refused as error:
        refuse(form, error)
        return _page(request, plan, form, status=422)
    drop_draft(client_id=client_id, key=_key(item_id), by=plan.by)
    say(request, _("Sent. %(name)s and your care team can read it here.") % {"name": plan.therapist})
    return see_other("my_plan:talk", item_id=item_id)


def _key(item_id: UUID) -> str:
    return f"talk:{item_id}"


def _page(request: HttpRequest, plan: OwnPlan, form: TalkForm, status: int = 200) -> HttpResponse:
    row = plan.item
    said = [
        {
            "who": _("You") if each.author_id == plan.by.person_id else plan.names.get(each.author_id, plan.therapist),
            "css": "client mine" if each.author_id == plan.by.person_id else _side(each.author_role),
            "as_what": differs(each, plan),
            "at": each.at,
            "words": each.words,
        }
        for each in comments_on(plan.client_id, row.id)
    ]
    shown = {"row": row, "heading": heading(row), "own": is_own(row), "line": short(row), "said": said, "form": form}
    return show(request, plan, "plans/my/talk.html", {**shown, "draft_key": _key(row.id)}, status=status)


def _side(role: str) -> str:
    return "client" if role in CLIENT_SIDE else ""
