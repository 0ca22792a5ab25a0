"""The conversation beside a line: what was said, and a form for whoever may write (PLAN-1, screen 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest

from careplan.ui.forms import Form, Words
from plans.kinds import CLIENT_SIDE, ItemKind
from plans.practice.around import Desk
from plans.practice.story import Telling
from plans.selectors.comments import comments_on
from plans.services.comments import LONGEST

ABOUT = {ItemKind.GOAL: "About this goal", ItemKind.STATEMENT: "About this statement"}
THE_LINE = ("", "The line as a whole")


@dataclass(frozen=True)
class Said:
    """One comment as the thread shows it."""

    who: str
    at: datetime
    words: str
    about: int | None
    css: str


class CommentForm(Form):
    """Some words, and which wording they are about, if one."""

    words = forms.CharField(label="Your words", max_length=LONGEST, widget=Words())
    about = forms.ChoiceField(label="About", required=False)


def conversation(desk: Desk, form: CommentForm | None = None) -> dict[str, object]:
    """What the pane shows beside the line: what was said, and a form for whoever may write."""
    row = desk.item
    telling = Telling(desk.client, desk.rows.names, desk.by.person_id)
    found = comments_on(desk.client_id, row.id)
    return {
        "comments": [
            Said(
                who=telling.who(each.author_id, each.author_role),
                at=each.at,
                words=each.words or "",
                about=each.about.number if each.about else None,
                css=_side(each.author_id == desk.by.person_id, each.author_role),
            )
            for each in found
        ],
        "comments_head": ABOUT.get(ItemKind(row.standing.kind), "About this line"),
        "comment_form": form or comment_form(desk),
    }


def comment_form(desk: Desk, request: HttpRequest | None = None) -> CommentForm:
    """The form, with the wordings of this line to choose from."""
    form = CommentForm(request.POST if request else None, auto_id="comment_%s")
    numbers = [(str(each.id), f"Wording {each.number}") for each in reversed(desk.story.wordings)]
    form.fields["about"].choices = [THE_LINE, *numbers]  # type: ignore[attr-defined]
    return form


def _side(mine: bool, role: str) -> str:
    return "mine" if mine else ("client" if role in CLIENT_SIDE else "")
