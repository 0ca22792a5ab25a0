"""The Plan tab: the tree, one line with its words, and what was answered (screen 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careplan.ui.templatetags.ui import day
from plans.content import GoalContent, InterventionContent, Line, lines_of, words_of
from plans.kinds import Choice, Doer, ItemKind, Progress
from plans.models import Standing
from plans.practice.around import Desk, desk_of, plan_page, show
from plans.practice.choices import offered
from plans.practice.compare import differences
from plans.practice.conversation import CommentForm, conversation
from plans.practice.item_forms import ItemForm, form_for, typed_in
from plans.practice.looks import look_of
from plans.practice.off_table import off_said
from plans.practice.person import capital
from plans.practice.replies import ReplyForm, proposals
from plans.practice.rest import rests_of
from plans.practice.steps import steps_of
from plans.practice.story import Telling, entries
from plans.practice.tree import branches, coverage, heading, is_off
from plans.selectors.desk_front import Kept
from plans.selectors.desk_rows import DeskRow, Wording
from plans.selectors.flat import flat_of
from plans.selectors.qualifications import qualification_warnings

FORM_TEMPLATES = {
    ItemKind.GOAL: "plans/forms/goal.html",
    ItemKind.OBJECTIVE: "plans/forms/objective.html",
    ItemKind.INTERVENTION: "plans/forms/intervention.html",
    ItemKind.STATEMENT: "plans/forms/look-again.html",
}


@plan_page
@require_safe
def plan(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The whole plan, with its first goal in the middle; without one, that there is none yet (PLAN-18)."""
    desk = desk_of(request, client_id, item_id=first_of)
    if desk.row is None:
        return show(request, desk, "plans/none_yet.html")
    return item_page(request, desk)


@plan_page
@require_safe
def item(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """The plan with one line in the middle."""
    return item_page(request, desk_of(request, client_id, item_id=item_id))


def item_page(
    request: HttpRequest,
    desk: Desk,
    *,
    form: ItemForm | None = None,
    reply: ReplyForm | None = None,
    comment: CommentForm | None = None,
    status: int = 200,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The three panes around one line; with a form that was sent, everything typed is in it (UI-5)."""
    shown = {
        "form": None,
        "reply_form": None,
        "own_form": None,
        **_left(desk),
        **_middle(desk),
        **_form(desk, form),
        **_right(desk, reply),
        **conversation(desk, comment),
        **(more or {}),
    }
    return show(request, desk, "plans/desk.html", shown, status=status)


def draft_key(item_id: UUID) -> str:
    """Where what was typed about a line is kept."""
    return f"item:{item_id}"


def first_of(standings: Sequence[Standing]) -> UUID | None:
    """The line a plan opens with: the first goal on the table, else the first line."""
    on = [row for row in standings if not row.off_choice] or list(standings)
    goals = [row for row in on if row.kind == ItemKind.GOAL and row.parent_id is None]
    return next((row.item_id for row in [*goals, *on]), None)


def _left(desk: Desk) -> dict[str, Any]:
    current = desk.row.id if desk.row else None
    return {
        "branches": branches(desk.rows, desk.client, current),
        "coverage": coverage(desk.rows),
    }


def _middle(desk: Desk) -> dict[str, Any]:
    row = desk.item
    content = row.shown.content
    return {
        "row": row,
        "heading": heading(row, desk.rows),
        "look": look_of(row, desk.client),
        "main_words": words_of(content),
        "progress": Progress(row.standing.progress).label,
        "said_by": said_by(row.shown, desk),
        "qualification_warning": _warning(row, desk),
        "lines": [line for line in lines_read(row.shown, desk) if line.key != "clinical_wording"],
        "translation": _translation(row, desk),
        "off_said": _off_said(row, desk),
        "off_words": row.off_answer.words if row.off_answer else "",
        "waiting_sentence": waiting_sentence(row, desk),
        "open_differences": _open_differences(row, desk),
        **steps_of(desk),
    }


def _warning(row: DeskRow, desk: Desk) -> str:
    return qualification_warnings(desk.client_id, {row.id: row.shown.content}).get(row.id, "")


def lines_read(wording: Wording, desk: Desk) -> list[Line]:
    """The details of a wording, with people and lines called by their names."""
    content = wording.content
    read = [_named_doer(line, content, desk) for line in lines_of(content)]
    if isinstance(content, InterventionContent) and content.objectives:
        towards = "; ".join(desk.titles[each] for each in content.objectives if each in desk.titles)
        read += [Line("objectives", "Works towards", towards)] if towards else []
    return read


def _named_doer(line: Line, content: object, desk: Desk) -> Line:
    if line.key != "doer" or not isinstance(content, InterventionContent):
        return line
    if content.doer.who == Doer.CLIENT:
        return Line(line.key, line.label, desk.client.name)
    if content.doer.person:
        return Line(line.key, line.label, desk.rows.names.get(content.doer.person, line.text))
    return line


def said_by(wording: Wording, desk: Desk) -> str:
    """Who wrote it and when."""
    who = Telling(desk.client, desk.rows.names, desk.by.person_id).author(wording)
    verb = "wrote this down, as it was said," if wording.row.dictated else "wrote this"
    return f"{who} {verb} on {day(wording.row.at)}"


def _translation(row: DeskRow, desk: Desk) -> str:
    """Since when the client stands by the clinical wording."""
    yes = [answer for answer in row.in_force.answers if answer.choice == Choice.YES] if row.in_force else []
    theirs = [answer for answer in yes if answer.role_held in ("client", "guardian")]
    if not theirs or not isinstance(row.shown.content, GoalContent):
        return ""
    return f"{desk.client.name} approved this translation on {day(theirs[0].at)}."


def _off_said(row: DeskRow, desk: Desk) -> str:
    if not is_off(row):
        return ""
    said = off_said(row, desk)
    return f"{said} That was on {day(row.off_answer.at)}." if row.off_answer else said


def waiting_sentence(row: DeskRow, desk: Desk) -> str:
    """Whom an open wording waits for, and what counts until then."""
    if row.open is None:
        return ""
    client, therapist = row.open.with_client, row.open.with_therapist
    mine = row.open.row.author_id == desk.by.person_id
    whose = "Your" if mine else ("The" if not row.open.by_client else desk.client.whose)
    old = f" The old one counts until {desk.client.answers}." if row.in_force else ""
    if client:
        return (
            f"{whose} new wording is with {desk.client.name}.{old}"
            if row.in_force
            else f"It is with {desk.client.name}."
        )
    if therapist:
        return capital(
            f"{desk.client.whose} wording waits for {'your' if desk.front.is_therapist else 'the therapist’s'} answer."
        ) + (" The old one counts until then." if row.in_force else "")
    return "It waits for whoever will do it."


def _open_differences(row: DeskRow, desk: Desk) -> list[Any]:
    if row.open is None or row.in_force is None:
        return []
    return differences(row.in_force.content, row.open.content, desk.titles, desk.rows.names)


def _form(desk: Desk, form: ItemForm | None) -> dict[str, Any]:
    if not desk.front.may_write:
        return {}
    row = desk.item
    kind = row.standing.kind
    made = form_for(kind, row.standing.statement_type)
    if made is None:
        return {}
    draft = desk.front.drafts.get(draft_key(row.id)) if form is None else None
    if form is None:
        form = made(initial={**initial_of(row), **begun(made, draft)}, choices=offered(desk, kind))
    return {
        "form": form,
        "form_template": FORM_TEMPLATES[ItemKind(kind)],
        "drafted": draft.at if draft else None,
        "draft_key": draft_key(row.id),
        **labels(desk),
    }


def begun(made: type[ItemForm], draft: Kept | None) -> dict[str, Any]:
    """A draft as it was typed, to begin a form with: without complaints about what isn't finished."""
    return typed_in(draft.typed, made.base_fields) if draft else {}


def initial_of(row: DeskRow) -> dict[str, Any]:
    """The latest wording as a form begins with it, and the number it is written on."""
    latest = row.in_force if row.open is None and row.in_force else row.highest
    found = {name: value for name, value in flat_of(latest.content).items() if value is not None}
    found["objectives"] = [str(each) for each in found.get("objectives", ())]
    found["parent"] = str(found["parent"]) if found.get("parent") else ""
    return {**found, "base": row.highest.number}


def labels(desk: Desk) -> dict[str, Any]:
    """The words around the form, with the client's name in them."""
    row, client = desk.row, desk.client
    in_force = row is not None and row.in_force is not None
    hint = (
        f"Saving proposes it. The wording above stays in force until {client.says} yes."
        if in_force
        else (f"Saving proposes it. It counts once {client.says} yes.")
    )
    return {
        "reword_hint": hint,
        "clinical_label": "New clinical wording" if row else "Clinical wording",
        "why_label": f"Why this change? {client.name} reads this sentence."
        if row
        else f"Why? {client.name} reads this sentence.",
        "words_label": "New wording" if row else "",
    }


def _right(desk: Desk, reply: ReplyForm | None) -> dict[str, Any]:
    row = desk.item
    telling = Telling(desk.client, desk.rows.names, desk.by.person_id)
    return {
        "story": entries(desk.story, row, telling),
        "rests": rests_of(desk, row.id),
        **proposals(desk, reply),
    }
