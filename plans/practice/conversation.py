"""The conversation beside a line: what was said, and a form for whoever may write (PLAN-1, PLAN-5b, screen 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest

from careplan.ui.forms import Form, Segments, Words
from plans.content import GoalContent
from plans.kinds import CLIENT_SIDE, ItemKind, Says, StatementType
from plans.practice.around import Desk
from plans.practice.story import Telling
from plans.selectors.comments import comments_on
from plans.selectors.desk_rows import DeskRow
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
    says: str = ""


class CommentForm(Form):
    """Some words, which wording they are about, if one, and beside the client's own words, as what they stand there."""

    words = forms.CharField(label="Your words", max_length=LONGEST, widget=Words())
    about = forms.ChoiceField(label="About", required=False)
    says = forms.ChoiceField(
        label="This is", choices=Says.choices, initial=Says.COMMENT, required=False, widget=Segments
    )


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
                says=str(each.get_says_display()) if each.says != Says.COMMENT else "",
            )
            for each in found
        ],
        "may_differ": holds_own_words(row),
        "comments_head": ABOUT.get(ItemKind(row.standing.kind), "About this line"),
        "comment_form": form or comment_form(desk),
    }


def comment_form(desk: Desk, request: HttpRequest | None = None) -> CommentForm:
    """The form, with the wordings of this line to choose from."""
    form = CommentForm(request.POST if request else None, auto_id="comment_%s")
    numbers = [(str(each.id), f"Wording {each.number}") for each in reversed(desk.story.wordings)]
    form.fields["about"].choices = [THE_LINE, *numbers]  # type: ignore[attr-defined]
    return form


def holds_own_words(row: DeskRow) -> bool:
    """Whether a line is the client's to word: staff may stand beside it with how they see it (PLAN-5b)."""
    if row.standing.kind == ItemKind.STATEMENT:
        return bool(row.standing.statement_type != StatementType.LOOK_AGAIN)
    return any(isinstance(each.content, GoalContent) and each.content.client_words for each in (row.shown, row.highest))


def _side(mine: bool, role: str) -> str:
    return "mine" if mine else ("client" if role in CLIENT_SIDE else "")
