"""The sheet turned to the client: that sheet only, in plain words, four answers to a line (PLAN-16)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from careplan.access.classes import DataClass
from careplan.errors import Conflict, Refused
from careplan.ui.answers import YES_WITH_CHANGES
from careplan.ui.pages import record_page, refuse, render, see_other
from plans.kinds import How
from plans.practice.person import Spoken
from plans.practice.sheet_forms import WHICH_LINES, WholeAnswerForm
from plans.practice.sheet_rows import (
    EveryForm,
    Row,
    answer_of,
    client_rows,
    client_rows_posted,
    moved_rows,
    whole_form,
)
from plans.practice.sheet_slots import name_of
from plans.practice.sheet_table import Table, as_typed, client_key, ensure_may_write, is_turned_here, table_of
from plans.selectors.people import name_of_client
from plans.services.drafts import drop_draft, save_draft
from plans.services.sheets import answer_sheet

PAGE = "plans/sheet_client.html"


@record_page(DataClass.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_client(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Shows the client their sheet and takes their answers, on a device that was turned to them."""
    if not is_turned_here(request, client_id, sheet_id):
        return see_other("plans:sheet", client_id, sheet_id)
    table = table_of(request, Spoken(client_id, name_of_client(client_id)), sheet_id, to_client=True)
    if not table.turned:
        return see_other("plans:sheet_back", client_id, sheet_id)
    if request.method != "POST":
        return _show(request, table, client_rows(table.seen), whole_form(table.seen))
    ensure_may_write(table)
    if request.POST.get("do") == "leave":
        save_draft(client_id=client_id, key=client_key(sheet_id), content=as_typed(request), by=table.by)
        return see_other("plans:sheet_back", client_id, sheet_id)
    return _answer(request, table)


def _answer(request: HttpRequest, table: Table) -> HttpResponse:
    rows, whole = client_rows_posted(table.seen, request.POST), whole_form(table.seen, posted=request.POST)
    moved = moved_rows(rows)
    if any(row.moved for row in moved):
        return _show(request, table, moved, whole, status=409)
    if not _is_sound(rows, whole):
        return _show(request, table, rows, whole, status=422)
    try:
        _take(table, rows, whole)
    except Conflict:
        now = table_of(request, table.client, table.sheet_id, to_client=True)
        return _show(request, now, moved_rows(client_rows_posted(now.seen, request.POST)), whole, status=409)
    except Refused as error:
        refuse(whole, error)
        return _show(request, table, rows, whole, status=422)
    drop_draft(client_id=table.client_id, key=client_key(table.sheet_id), by=table.by)
    return see_other("plans:sheet_back", table.client_id, table.sheet_id)


def _take(table: Table, rows: Sequence[Row], whole: WholeAnswerForm) -> None:
    said = [answer_of(row, row.line.asked.content, how=How.OWN_HAND_PRACTICE, whole=whole) for row in rows if row.line]
    answers = [answer for answer in said if answer is not None]
    if answers:
        answer_sheet(sheet_id=table.sheet_id, answers=answers, by=table.by)


def _is_sound(rows: Sequence[Row], whole: WholeAnswerForm) -> bool:
    unsound = [row for row in rows if not row.form.is_valid()]
    if whole.is_valid() and whole.cleaned_data.get("answer") == YES_WITH_CHANGES:
        whole.add_error("answer", WHICH_LINES)
    return whole.is_valid() and not unsound


def _show(
    request: HttpRequest, table: Table, rows: Sequence[Row], whole: WholeAnswerForm, status: int = 200
) -> HttpResponse:
    slots = [row.slot for row in rows]
    for row in rows:
        row.name = name_of(row.slot, slots)
        row.who = table.who_to_client(row.line) if row.line else ""
        row.said = _you_said(row)
        row.details = table.details(row.line.details, you="You") if row.line else []
    context = {
        "table": table,
        "seen": table.seen,
        "rows": rows,
        "form": whole,
        "every_form": EveryForm([whole, *(row.form for row in rows)]),
        "hints": _hints(rows),
        "moved": status == 409,
    }
    return render(request, PAGE, context, status=status)


def _you_said(row: Row) -> str:
    """What the client has answered already to the very words on the page; nothing for other words."""
    said = row.line.said_here if row.line and row.line.settled else None
    if said is None or row.line is None or said.revision_id != row.line.asked.id:
        return ""
    return said.get_choice_display()


def _hints(rows: Sequence[Row]) -> str:
    """The hints under the one answer for the whole sheet: those of its lines, or none when they differ."""
    found = {row.line.hints for row in rows if row.line}
    return found.pop() if len(found) == 1 else ""
