"""The therapist's answers: to what a client proposed, and their own yes taken back or given again (PLAN-5e, PLAN-7)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from careplan.errors import NotYours, Refused
from careplan.ui.answers import NO, YES_WITH_CHANGES
from careplan.ui.pages import refuse, say, see_other
from plans.content import Content, GoalContent, InterventionContent, ObjectiveContent
from plans.practice.around import Desk, desk_of, ensure_may_write, plan_page
from plans.practice.desk import item_page
from plans.practice.replies import OwnAnswerForm, ReplyForm
from plans.services.answers import answer_item

NOT_HERE = "This line has no wording of yours to suggest."


@plan_page
@require_POST
def answer(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Gives the therapist's answer; what was typed stays when it can't be taken."""
    desk = desk_of(request, client_id, item_id=item_id)
    ensure_may_write(desk)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return item_page(request, desk, reply=form, status=422)
    try:
        _answer(desk, form.cleaned_data)
    except Refused as error:
        refuse(form, error)
        return item_page(request, desk, reply=form, status=422)
    say(request, _said(desk, form.cleaned_data["answer"]))
    return see_other("plans:item", client_id=client_id, item_id=item_id)


def _answer(desk: Desk, given: dict[str, Any]) -> None:
    row = desk.item
    asked = row.open or row.highest
    wording = _with_words(asked.content, given["wording"]) if given["answer"] == YES_WITH_CHANGES else None
    words = given["reason"] if given["answer"] == NO else ""
    answer_item(revision_id=asked.id, choice=given["answer"], by=desk.by, words=words, wording=wording)


def _with_words(content: Content, words: str) -> Content:
    match content:
        case GoalContent():
            return replace(content, clinical_wording=words)
        case ObjectiveContent():
            return replace(content, behaviour=words)
        case InterventionContent():
            return replace(content, what=words)
    raise Refused(NOT_HERE)


def _said(desk: Desk, choice: str) -> str:
    name = desk.client.name
    match choice:
        case "yes":
            return f"Your yes is in the record. {name} can read it."
        case "yes_with_changes":
            return f"Your wording is with {name}. {desk.client.whose} stays readable."
    return f"Your reason is with {name}."


@plan_page
@require_POST
def own_answer(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    """Takes back the therapist's own yes, at once, or gives it again."""
    desk = desk_of(request, client_id, item_id=item_id)
    ensure_may_write(desk)
    form = OwnAnswerForm(request.POST)
    if not form.is_valid():
        raise NotYours
    given = form.cleaned_data
    if given["choice"] == NO and not given["reason"]:
        form.add_error("reason", f"write your reason: {desk.client.name} reads it")
        return item_page(request, desk, status=422, more={"own_form": form})
    words = given["reason"] if given["choice"] == NO else ""
    answer_item(revision_id=given["revision"], choice=given["choice"], by=desk.by, words=words)
    taken = f"Your yes is taken back, and your reason is with {desk.client.name}. This line is out of force now."
    say(request, taken if given["choice"] == NO else "Your yes is in the record again.")
    return see_other("plans:item", client_id=client_id, item_id=item_id)
