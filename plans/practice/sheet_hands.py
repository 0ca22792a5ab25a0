"""A sheet in the client's hands, on the practice's device or on a call: what it shows, what answers become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from careplan.errors import Conflict, Refused
from careplan.ui.answers import YES_WITH_CHANGES
from careplan.ui.pages import refuse, render, see_other
from plans.kinds import How
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
from plans.practice.sheet_table import Table, table_of
from plans.services.drafts import drop_draft
from plans.services.sheets import answer_sheet

PAGE = "plans/sheet_client.html"


@dataclass(frozen=True)
class Hands:
    """In whose hands the sheet is: how an answer is given, where it is kept while typed, where its page leads."""

    how: How
    draft_key: str
    here: str
    draft: str
    after: str
    on_call: bool = False


def show_sheet(request: HttpRequest, table: Table, hands: Hands) -> HttpResponse:
    """The sheet as it stands, with what was typed and not sent."""
    return _show(request, table, hands, client_rows(table.seen), whole_form(table.seen))


def take_answers(request: HttpRequest, table: Table, hands: Hands) -> HttpResponse:
    """Writes down what was answered, all of it or nothing, and goes on; what moved or is missing is shown."""
    rows, whole = client_rows_posted(table.seen, request.POST), whole_form(table.seen, posted=request.POST)
    moved = moved_rows(rows)
    if any(row.moved for row in moved):
        return _show(request, table, hands, moved, whole, status=409)
    if not _is_sound(rows, whole):
        return _show(request, table, hands, rows, whole, status=422)
    try:
        _take(table, hands, rows, whole)
    except Conflict:
        now = table_of(request, table.client, table.sheet_id, draft=hands.draft_key)
        moved = moved_rows(client_rows_posted(now.seen, request.POST))
        return _show(request, now, hands, moved, whole, status=409)
    except Refused as error:
        refuse(whole, error)
        return _show(request, table, hands, rows, whole, status=422)
    drop_draft(client_id=table.client_id, key=hands.draft_key, by=table.by)
    return see_other(hands.after)


def _take(table: Table, hands: Hands, rows: Sequence[Row], whole: WholeAnswerForm) -> None:
    said = [answer_of(row, row.line.asked.content, how=hands.how, whole=whole) for row in rows if row.line]
    answers = [answer for answer in said if answer is not None]
    if answers:
        answer_sheet(sheet_id=table.sheet_id, answers=answers, by=table.by)


def _is_sound(rows: Sequence[Row], whole: WholeAnswerForm) -> bool:
    unsound = [row for row in rows if not row.form.is_valid()]
    if whole.is_valid() and whole.cleaned_data.get("answer") == YES_WITH_CHANGES:
        whole.add_error("answer", WHICH_LINES)
    if whole.is_valid() and not unsound:
        answered = [whole.cleaned_data.get("answer"), *(row.form.cleaned_data.get("answer") for row in rows)]
        whole.ensure_says_whose(any(answered))
    return whole.is_valid() and not unsound


def _show(
    request: HttpRequest,
    table: Table,
    hands: Hands,
    rows: Sequence[Row],
    whole: WholeAnswerForm,
    status: int = 200,
) -> HttpResponse:
    slots = [row.slot for row in rows]
    for row in rows:
        row.name = name_of(row.slot, slots)
        row.who = table.who_to_client(row.line) if row.line else ""
        row.said = _you_said(row, several=len(table.seen.voices) > 1)
        row.details = table.details(row.line.details, you="You") if row.line else []
    context = {
        "table": table,
        "hands": hands,
        "seen": table.seen,
        "rows": rows,
        "form": whole,
        "every_form": EveryForm([whole, *(row.form for row in rows)]),
        "hints": _hints(rows),
        "moved": status == 409,
    }
    return render(request, PAGE, context, status=status)


def _you_said(row: Row, *, several: bool) -> str:
    """What the client has answered already to the very words on the page; nothing for other words.

    Where several answer on one sheet, nobody is told what “you” said.
    """
    said = row.line.said_here if row.line and row.line.settled and not several else None
    if said is None or row.line is None or said.revision_id != row.line.asked.id:
        return ""
    return said.get_choice_display()


def _hints(rows: Sequence[Row]) -> str:
    """The hints under the one answer for the whole sheet: those of its lines, or none when they differ."""
    found = {row.line.hints for row in rows if row.line}
    return found.pop() if len(found) == 1 else ""
