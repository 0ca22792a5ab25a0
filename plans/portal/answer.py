"""Answering one line: a suggestion, a change since one agreed, or another mind about a line in force (screens 4, 5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careplan.errors import Conflict, Refused
from careplan.ui.answers import YES_WITH_CHANGES
from careplan.ui.pages import refuse, say, see_other
from plans.content import ContentRefused, with_words, words_of
from plans.kinds import CLIENT_SIDE, Choice, How, StatementType
from plans.models import ItemRevision
from plans.portal.around import (
    clock_sentence,
    details,
    heading,
    is_own,
    my_page,
    plan_of,
    said_words,
    show,
    who_wrote,
)
from plans.portal.forms import MyAnswer, is_clinical, words_to_change
from plans.portal.told import seen_beside, told_so_far
from plans.selectors.comments import seen_differently
from plans.selectors.desk_rows import DeskRow, Wording
from plans.selectors.differences import differences
from plans.selectors.own_plan import OwnPlan, said_yes
from plans.services.answers import answer_item
from plans.services.drafts import drop_draft, save_draft

PAGE = "plans/my/answer.html"
NEVER_KEPT = ("csrfmiddlewaretoken", "do", "read", "password")


@my_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Shows one line with the four answers; takes one, or keeps what was typed for later."""
    plan = plan_of(request, client_id, item_id=item_id)
    asked = asked_of(plan.item)
    if request.method != "POST":
        return _page(request, plan, _begun(plan, asked))
    if request.POST.get("do") == "later":
        save_draft(client_id=client_id, key=draft_key(item_id), content=typed(request), by=plan.by)
        say(request, _("Kept. Only you can read it. It waits here as long as you want."))
        return see_other("my:home")
    form = MyAnswer(request.POST, dated=is_dated(plan.item))
    if form.is_valid() and form.cleaned_data["read"] not in (None, asked.id):
        return _moved(request, plan, form)
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    return _take(request, plan, asked, form)


@my_page
@require_safe
def answered(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """What was said, what happens now, and what else waits."""
    plan = plan_of(request, client_id, item_id=item_id)
    told = [each for wording in plan.story.wordings for each in wording.answers if each.how != How.BY_PROPOSING]
    said = [each for each in told if each.person_id == plan.by.person_id]
    last = max(said, key=lambda each: each.number, default=None)
    if last is None:
        return see_other("my_plan:answer", item_id=item_id)
    waiting = [row for row in plan.waiting if row.id != item_id]
    shown = {
        "row": plan.item,
        "said": said_words(last.choice),
        "then": what_now(plan, plan.item, last.choice, last.until),
        "waiting": waiting,
        "next": waiting[0] if waiting else None,
    }
    return show(request, plan, "plans/my/answered.html", shown)


def asked_of(row: DeskRow) -> Wording:
    """The wording an answer goes to: the open one, else the one in force, else the last."""
    return row.open or row.in_force or row.highest


def hints_of(row: DeskRow) -> str:
    """Which hints stand under the four answers."""
    if row.open and row.in_force:
        return "changed"
    return "in_force" if row.in_force and not row.open else "new"


def is_dated(row: DeskRow) -> bool:
    """Whether a line holds a day."""
    return bool(row.standing.statement_type == StatementType.LOOK_AGAIN)


def draft_key(item_id: UUID) -> str:
    """Where what was typed about an answer is kept."""
    return f"answer:{item_id}"


def typed(request: HttpRequest) -> dict[str, Any]:
    """Everything typed into a form, to be kept; a password never is."""
    return {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}


def as_begun(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as a form begins with it."""
    return {name: values[-1] for name, values in kept.items() if isinstance(values, list) and values}


def begun_with(plan: OwnPlan, key: str) -> dict[str, Any]:
    """A draft as a form begins with it."""
    kept = plan.front.drafts.get(key)
    return as_begun(kept.typed) if kept else {}


def _begun(plan: OwnPlan, asked: Wording) -> MyAnswer:
    initial = {"read": asked.id, "words": words_to_change(asked)}
    return MyAnswer(initial=initial | begun_with(plan, draft_key(plan.item.id)), dated=is_dated(plan.item))


def wording_for(asked: Wording, words: Any) -> Any:
    """The wording a “yes, with changes” brings."""
    return with_words(asked.content, words, clinical=is_clinical(asked))


def _take(request: HttpRequest, plan: OwnPlan, asked: Wording, form: MyAnswer) -> HttpResponse:
    said = form.cleaned_data
    changes = said["answer"] == YES_WITH_CHANGES
    try:
        answer_item(
            revision_id=said["read"] or asked.id,
            choice=said["answer"],
            by=plan.by,
            words=said["why"],
            until=said["until"] if said["answer"] == Choice.NOT_NOW else None,
            wording=wording_for(asked, said["words"]) if changes else None,
        )
    except Conflict:
        return _moved(request, plan_of(request, plan.client_id, item_id=plan.item.id), form)
    except (Refused, ContentRefused) as error:
        refuse(form, error if isinstance(error, Refused) else Refused(_("Write how you would put it.")))
        return _page(request, plan, form, status=422)
    drop_draft(client_id=plan.client_id, key=draft_key(plan.item.id), by=plan.by)
    return see_other("my_plan:answered", item_id=plan.item.id)


def _moved(request: HttpRequest, plan: OwnPlan, form: MyAnswer) -> HttpResponse:
    """Both texts, with everything typed kept and now about the newer words (PLAN-15)."""
    read = ItemRevision.objects.filter(id=form.cleaned_data["read"], item_id=plan.item.id).first()
    before = next((each for each in plan.story.wordings if read and each.id == read.id), None)
    asked = asked_of(plan.item)
    newer = request.POST.copy()
    newer["read"] = str(asked.id)
    form.data = newer
    moved = differences(before.content, asked.content, plan.titles, plan.names) if before else []
    return _page(request, plan, form, status=409, more={"moved": moved, "moved_by": who_wrote(asked, plan)})


def _page(
    request: HttpRequest, plan: OwnPlan, form: MyAnswer, *, status: int = 200, more: dict[str, Any] | None = None
) -> HttpResponse:
    row = plan.item
    asked = asked_of(row)
    place = [each.id for each in plan.waiting]
    told = told_so_far(plan)
    shown = {
        "row": row,
        "told": told,
        "beside": seen_beside(seen_differently(plan.client_id).get(row.id, []), plan),
        "recorded_for_me": any(each.mine and each.recorded_by for each in told),
        "asked": asked,
        "asked_words": words_of(asked.content),
        "staff_no": _staff_no(asked, plan),
        "form": form,
        "hints": hints_of(row),
        "heading": heading(row),
        "own": is_own(row),
        "who": who_wrote(asked, plan),
        "mine": asked.row.author_id == plan.by.person_id,
        "lines": details(asked, plan),
        "differences": _differences(row, plan),
        "agreed_on": said_yes(row.in_force, plan.by.person_id),
        "said_before": said_words(plan.own_answer(asked)),
        "clock": clock_sentence(plan.duties.get(asked.id), plan.therapist),
        "part_of": plan.rows.get(row.standing.parent_id),
        "before": _asked_before(plan),
        "place": place.index(row.id) + 1 if row.id in place else 0,
        "many": len(place),
        "changed": len({row.id} | {each.id for each in plan.waiting if each.in_force}),
        "unchanged": [each for each in plan.rows.rows if each.standing.effective and not each.open],
        "draft_key": draft_key(row.id),
    }
    return show(request, plan, PAGE, {**shown, **(more or {})}, status=status)


def _differences(row: DeskRow, plan: OwnPlan) -> list[Any]:
    if row.open is None or row.in_force is None:
        return []
    return differences(row.in_force.content, row.open.content, plan.titles, plan.names)


def _staff_no(asked: Wording, plan: OwnPlan) -> dict[str, Any] | None:
    """The therapist's no to one's own words, with their reason (PLAN-7)."""
    said = [each for each in asked.answers if each.role_held not in CLIENT_SIDE]
    last = max(said, key=lambda each: each.number, default=None)
    if last is None or last.choice != Choice.NO:
        return None
    return {"who": plan.names.get(last.person_id, plan.therapist), "words": last.words or ""}


def _asked_before(plan: OwnPlan) -> dict[str, Any] | None:
    """What one said to an earlier wording that is raised again (PLAN-6)."""
    asked = asked_of(plan.item)
    earlier = [each for wording in plan.story.wordings if wording.number < asked.number for each in wording.answers]
    mine = [
        each for each in earlier if each.person_id == plan.by.person_id and each.choice in (Choice.NO, Choice.NOT_NOW)
    ]
    if asked.row.raised_over_id is None or not mine:
        return None
    last = mine[-1]
    return {"said": said_words(last.choice), "at": last.at, "until": last.until, "words": last.words}


def what_now(plan: OwnPlan, row: DeskRow, choice: str, until: date | None) -> str:
    """What follows from an answer, in a sentence."""
    match choice:
        case Choice.YES if row.standing.effective:
            return str(_("It is in your plan now."))
        case Choice.YES if row.standing.waiting:
            return str(_("It is in your plan, and waits for its goal."))
        case Choice.YES:
            return str(_("It counts once everybody who is asked has said yes."))
        case Choice.YES_WITH_CHANGES if row.open is None:
            return str(_("Your words are in your plan now."))
        case Choice.YES_WITH_CHANGES:
            clock = clock_sentence(plan.duties.get(row.open.id), plan.therapist) if row.open else ""
            return f"{_('Your words are with %(name)s.') % {'name': plan.therapist}} {clock}".strip()
        case Choice.NOT_NOW:
            return _not_now(until)
    return str(_("The words you had still count.") if row.in_force else _("It stays out of your plan."))


def _not_now(until: date | None) -> str:
    if until is None:
        return str(_("It is off the table. You won’t get a reminder."))
    said = f"{until.day} {until:%B}"
    return str(_("We won’t raise it before %(day)s. You won’t get a reminder.")) % {"day": said}
