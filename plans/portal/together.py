"""All on one page: at most seven lines, the four answers to each, and the same four for everything (PLAN-17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from careplan.errors import Conflict, Refused
from careplan.ui.answers import YES_WITH_CHANGES
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, say, see_other
from plans.kinds import Choice, How
from plans.models import ItemRevision
from plans.models.ask import SEVEN
from plans.portal.answer import asked_of, hints_of, is_dated, typed, wording_for
from plans.portal.around import details, ensure_running, heading, is_own, my_page, plan_of, short, show, who_wrote
from plans.portal.forms import MyAnswer, WholeAnswer, words_to_change
from plans.selectors.desk_rows import DeskRow
from plans.selectors.differences import Difference, differences
from plans.selectors.own_plan import OwnPlan
from plans.services.answers import Given
from plans.services.asks import answer_several
from plans.services.drafts import drop_draft, save_draft

PAGE = "plans/my/together.html"
KEY = "together"
TYPED = ("answer", "words", "until", "why")


@dataclass
class Line:
    """One line of the page with its form; `moved` is what became of the words that were read."""

    row: DeskRow
    form: MyAnswer
    heading: str
    own: bool
    who: str
    words: str
    hints: str
    lines: list[Any]
    differences: list[Difference]
    moved: list[Difference]


@dataclass(frozen=True)
class EveryForm:
    """The forms of the page, for its error summary."""

    forms: list[Form]


@my_page
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Shows the lines and takes the answers that were chosen, all or none; the rest keeps waiting."""
    plan = plan_of(request, client_id)
    if request.method != "POST":
        return _show(request, plan, [_line(row, plan) for row in _rows(plan)], _whole(plan))
    if request.POST.get("do") == "later":
        save_draft(client_id=client_id, key=KEY, content=typed(request), by=plan.by)
        say(request, _("Kept. Only you can read it. It waits here as long as you want."))
        return see_other("my:home")
    return _answer(request, plan)


def _answer(request: HttpRequest, plan: OwnPlan) -> HttpResponse:
    whole = WholeAnswer(request.POST, prefix="all")
    rows = [row for row in plan.rows.rows if str(row.id) in request.POST.getlist("line")][:SEVEN]
    lines = [_line(row, plan, request) for row in rows]
    if any(line.moved for line in lines):
        return _show(request, plan, lines, whole, status=409)
    unsound = [line for line in lines if not line.form.is_valid()]
    if not whole.is_valid() or unsound:
        return _show(request, plan, lines, whole, status=422)
    given = [each for line in lines if (each := _given(line, plan, whole.cleaned_data))]
    try:
        answer_several(plan_id=ensure_running(plan), answers=given, by=plan.by)
    except Conflict:
        now = plan_of(request, plan.client_id)
        return _show(request, now, [_line(row, now, request) for row in _same(rows, now)], whole, status=409)
    except Refused as error:
        refuse(whole, error)
        return _show(request, plan, lines, whole, status=422)
    drop_draft(client_id=plan.client_id, key=KEY, by=plan.by)
    return _done(request, len(given))


def _done(request: HttpRequest, many: int) -> HttpResponse:
    if not many:
        say(request, _("Nothing was chosen, so nothing changed. It can wait as long as you want."))
    else:
        said = ngettext("Saved. One line is answered.", "Saved. %(many)s lines are answered.", many) % {"many": many}
        say(request, f"{said} {_('You can change any answer whenever you like.')}")
    return see_other("my_plan:plan")


def _rows(plan: OwnPlan) -> list[DeskRow]:
    """What was sent, or else what waits: seven at most."""
    return (plan.sent_waiting or plan.waiting)[:SEVEN]


def _same(rows: Sequence[DeskRow], plan: OwnPlan) -> list[DeskRow]:
    return [row for row in map(plan.rows.get, [each.id for each in rows]) if row]


def _line(row: DeskRow, plan: OwnPlan, request: HttpRequest | None = None) -> Line:
    asked = asked_of(row)
    prefix = f"line-{row.id}"
    begun: dict[str, Any] = {"read": asked.id, "words": words_to_change(asked)} | _kept(plan, prefix)
    form = MyAnswer(request.POST if request else None, initial=begun, prefix=prefix, dated=is_dated(row), needed=False)
    return Line(
        row=row,
        form=form,
        heading=heading(row),
        own=is_own(row),
        who=who_wrote(asked, plan),
        words=short(row),
        hints=hints_of(row),
        lines=details(asked, plan),
        differences=_changed(row, plan),
        moved=_moved(request, row, plan, prefix) if request else [],
    )


def _changed(row: DeskRow, plan: OwnPlan) -> list[Difference]:
    if row.in_force is None or row.open is None:
        return []
    return differences(row.in_force.content, row.open.content, plan.titles, plan.names)


def _kept(plan: OwnPlan, prefix: str) -> dict[str, Any]:
    kept = plan.front.drafts.get(KEY)
    found = {name.removeprefix(f"{prefix}-"): values for name, values in (kept.typed.items() if kept else ())}
    return {
        name: values[-1] for name, values in found.items() if name in ("answer", "words", "until", "why") and values
    }


def _moved(request: HttpRequest, row: DeskRow, plan: OwnPlan, prefix: str) -> list[Difference]:
    """What reads differently from what was on the page; its answer no longer counts as chosen."""
    asked, read = asked_of(row), request.POST.get(f"{prefix}-read", "")
    if not request.POST.get(f"{prefix}-answer") or read == str(asked.id):
        return []
    before = ItemRevision.objects.filter(item_id=row.id).in_bulk().get(_as_id(read))
    known = next((each for each in (row.in_force, row.highest) if each and before and each.id == before.id), None)
    if known is not None:
        return differences(known.content, asked.content, plan.titles, plan.names)
    return [Difference(str(_("What it says now")), "", short(row))]


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _given(line: Line, plan: OwnPlan, whole: dict[str, Any]) -> Given | None:
    said = line.form.cleaned_data
    choice, until = said["answer"], said["until"]
    if not choice:
        choice, until = whole.get("answer"), whole.get("until")
    if not choice or plan.by.person_id is None:
        return None
    asked, changes = asked_of(line.row), choice == YES_WITH_CHANGES
    return Given(
        revision_id=said["read"] or asked.id,
        choice=choice,
        person_id=plan.by.person_id,
        how=How.OWN_HAND_PORTAL,
        words=said["why"],
        until=until if choice == Choice.NOT_NOW else None,
        wording=wording_for(asked, said["words"]) if changes else None,
    )


def _whole(plan: OwnPlan) -> WholeAnswer:
    return WholeAnswer(initial=_kept(plan, "all"), prefix="all")


def _show(
    request: HttpRequest, plan: OwnPlan, lines: list[Line], whole: WholeAnswer, status: int = 200
) -> HttpResponse:
    hints = {line.hints for line in lines}
    shown = {
        "lines": lines,
        "whole": whole,
        "every_form": EveryForm([*(line.form for line in lines), whole]),
        "hints": hints.pop() if len(hints) == 1 else "",
        "moved": status == 409,
        "more_wait": max(0, len(plan.waiting) - len(lines)),
        "draft_key": KEY,
    }
    return show(request, plan, PAGE, shown, status=status)
