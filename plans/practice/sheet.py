"""The sheet in the room, on the therapist's desk: written together, four answers to a line (PLAN-16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careplan.errors import Conflict, Refused
from careplan.ui.answers import YES_WITH_CHANGES
from careplan.ui.pages import refuse, render, say, see_other
from careplan.ui.turned import turn
from clients.selectors.head import RecordHead, record_head
from plans.practice.around import TAB, actor_of, plan_page
from plans.practice.person import Spoken
from plans.practice.sheet_forms import SAY_HOW, WHICH_LINES, SheetForm
from plans.practice.sheet_rows import (
    EveryForm,
    Row,
    answer_of,
    desk_rows_of,
    desk_rows_posted,
    moved_rows,
    sheet_form,
    writing_of,
)
from plans.practice.sheet_slots import KINDS, MORE, goal_above, name_of, next_key
from plans.practice.sheet_table import Table, as_typed, desk_key, ensure_on_the_desk, table_of
from plans.selectors.qualifications import qualification_warnings
from plans.selectors.sheet_lines import SheetSeen
from plans.services.drafts import drop_draft, save_draft
from plans.services.off_table import OffTheTable
from plans.services.sheets import close_sheet, turn_sheet
from plans.services.sittings import Sitting, SittingLine, save_sitting

PAGE = "plans/sheet.html"


@plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Shows the sheet with what came of each line; takes what was typed and said."""
    head = record_head(client_id, actor_of(request))
    table = table_of(request, Spoken(client_id, head.name_used, head.pronouns), sheet_id)
    if request.method != "POST":
        return _now(request, head, table)
    ensure_on_the_desk(table)
    do = request.POST.get("do", "save")
    if do in ("later", "keep", "print") or do.startswith("add:"):
        return _keep(request, table, do)
    return _save(request, head, table, do)


def _now(request: HttpRequest, head: RecordHead, table: Table) -> HttpResponse:
    rows = desk_rows_of(table.seen, table.client.name)
    form = sheet_form(table.seen, table.client.name)
    return _show(request, head, table, rows, form, saved_at=table.seen.kept_at)


def _keep(request: HttpRequest, table: Table, do: str) -> HttpResponse:
    """Keeps everything as typed, and goes where the person wants to: away, to paper, or to one more line."""
    typed = as_typed(request)
    key = _one_more(typed, do.removeprefix("add:")) if do.startswith("add:") else ""
    save_draft(client_id=table.client_id, key=desk_key(table.sheet_id), content=typed, by=table.by)
    if do == "later":
        say(request, "Kept as it is. Nothing of it counts yet.")
        return see_other(TAB, table.client_id)
    if do == "print":
        return see_other("plans:sheet_print", table.client_id, table.sheet_id)
    here = reverse("plans:sheet", args=[table.client_id, table.sheet_id])
    return see_other(f"{here}#line-{key}" if key else here)


def _one_more(typed: dict[str, Any], kind: str) -> str:
    if kind not in KINDS:
        return ""
    slots = typed.setdefault("slot", [])
    key = next_key(kind, slots)
    slots.append(key)
    return key


def _save(request: HttpRequest, head: RecordHead, table: Table, do: str) -> HttpResponse:
    rows = desk_rows_posted(table.seen, table.client.name, request.POST)
    form = sheet_form(table.seen, table.client.name, posted=request.POST)
    moved = moved_rows(rows)
    if any(row.moved for row in moved):
        return _show(request, head, table, moved, form, status=409)
    if not _is_sound(rows, form):
        return _show(request, head, table, rows, form, status=422)
    try:
        save_sitting(sheet_id=table.sheet_id, sitting=_sitting(rows, form), by=table.by)
    except Conflict:
        return _moved_meanwhile(request, head, table)
    except OffTheTable as off:
        _ask_again(rows, form, off)
        return _show(request, head, table, rows, form, status=422)
    except Refused as error:
        refuse(form, error)
        return _show(request, head, table, rows, form, status=422)
    drop_draft(client_id=table.client_id, key=desk_key(table.sheet_id), by=table.by)
    return _after(request, table, do)


def _after(request: HttpRequest, table: Table, do: str) -> HttpResponse:
    where = [table.client_id, table.sheet_id]
    if do == "turn":
        turn_sheet(sheet_id=table.sheet_id, by=table.by)
        url = reverse("plans:sheet_client", args=where)
        turn(request, client=table.client_id, sheet=table.sheet_id, url=url)
        return see_other(url)
    if do == "code":
        return see_other("plans:sheet_code", *where)
    if do == "close":
        close_sheet(sheet_id=table.sheet_id, by=table.by)
        say(request, "The sheet is closed. What came of each line stands below.")
    else:
        say(request, "Saved.")
    return see_other("plans:sheet", *where)


def _moved_meanwhile(request: HttpRequest, head: RecordHead, table: Table) -> HttpResponse:
    """Somebody was first between reading and writing: the sheet is read anew, and what was typed laid beside it."""
    now = table_of(request, table.client, table.sheet_id)
    rows = moved_rows(desk_rows_posted(now.seen, now.client.name, request.POST))
    form = sheet_form(now.seen, now.client.name, posted=request.POST)
    return _show(request, head, now, rows, form, status=409)


def _is_sound(rows: Sequence[Row], form: SheetForm) -> bool:
    unsound = [row for row in rows if not row.form.is_valid()]
    if not form.is_valid() or unsound:
        return False
    if form.cleaned_data.get("answer") == YES_WITH_CHANGES:
        form.add_error("answer", WHICH_LINES)
    form.ensure_says_whose(any(_is_answered(row, form) for row in rows))
    if not form.cleaned_data.get("how") and any(_needs_how(row, form) for row in rows):
        form.add_error("how", SAY_HOW)
    return form.is_valid()


def _needs_how(row: Row, form: SheetForm) -> bool:
    said = row.form.cleaned_data
    return not said.get("how") and _is_answered(row, form)


def _is_answered(row: Row, form: SheetForm) -> bool:
    whole = form.cleaned_data.get("answer") and _takes_whole(row)
    return bool(row.form.cleaned_data.get("answer") or whole)


def _takes_whole(row: Row) -> bool:
    return not row.line.settled if row.line else not row.form.is_empty()


def _sitting(rows: Sequence[Row], form: SheetForm) -> Sitting:
    told = form.cleaned_data
    lines = [_sitting_line(rows, row, form) for row in rows if row.line or not row.form.is_empty()]
    return Sitting(lines=lines, how=told["how"], present=tuple(told["present"]), copy=told["copy"])


def _sitting_line(rows: Sequence[Row], row: Row, form: SheetForm) -> SittingLine:
    goal = goal_above([each.slot for each in rows], row.slot)
    writing = writing_of(row, next((each for each in rows if goal and each.slot.key == goal.key), None))
    asked = row.line.asked if row.line else None
    content = writing.content if writing else asked.content if asked else None
    answer = answer_of(row, content, how=form.cleaned_data["how"], whole=form) if content else None
    return SittingLine(asked.id if asked else None, writing, answer, bool(row.form.cleaned_data.get("mine")))


def _ask_again(rows: Sequence[Row], form: SheetForm, off: OffTheTable) -> None:
    """Puts “Raise it anyway?” to the line that repeats what is off the table, or to the sheet."""
    row = next((row for row in rows if row.slot.key == off.line), None)
    if row is None:
        refuse(form, off)
        return
    row.form.add_error("raise_anyway", off.sentence)


def _show(
    request: HttpRequest,
    head: RecordHead,
    table: Table,
    rows: Sequence[Row],
    form: SheetForm,
    *,
    status: int = 200,
    saved_at: datetime | None = None,
) -> HttpResponse:
    seen: SheetSeen = table.seen
    slots = [row.slot for row in rows]
    asked = {row.line.item_id: row.line.asked.content for row in rows if row.line}
    warnings = qualification_warnings(table.client_id, asked)
    for row in rows:
        row.name = name_of(row.slot, slots)
        row.warning = warnings.get(row.line.item_id, "") if row.line else ""
        row.came = table.came(row.line) if row.line else None
        row.who = table.who(row.line) if row.line else ""
        row.details = table.details(row.line.details) if row.line else []
    context = {
        "record": head,
        "current_tab": TAB,
        "table": table,
        "client": table.client,
        "seen": seen,
        "rows": rows,
        "form": form,
        "every_form": EveryForm([form, *(row.form for row in rows)]),
        "may_write": seen.may_write and not table.turned,
        "more": MORE,
        "own_words": f"In {table.client.whose} words",
        "moved": status == 409,
        "whole": any(row.line is None or not row.line.settled for row in rows),
        "saved_at": saved_at,
    }
    return render(request, PAGE, context, status=status)
