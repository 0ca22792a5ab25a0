"""Staff's answer to what a client proposed: yes, another wording, or no with a reason (PLAN-7)."""

from __future__ import annotations

from typing import Any

from django import forms

from careplan.ui.answers import NO, YES, YES_WITH_CHANGES
from careplan.ui.forms import Form, StaffAnswerField, Words
from careplan.ui.templatetags.ui import day
from plans.content import GoalContent, words_of
from plans.practice.around import Desk
from plans.practice.item_forms import LONGEST
from plans.practice.person import capital
from plans.selectors.desk_rows import DeskRow
from plans.selectors.duty import duties_since


class ReplyForm(Form):
    """One of the three answers, with the wording or the reason it needs."""

    answer = StaffAnswerField(label="Your answer")
    wording = forms.CharField(label="Your wording", required=False, max_length=LONGEST, widget=Words())
    reason = forms.CharField(label="Your reason", required=False, max_length=LONGEST, widget=Words())

    def clean(self) -> dict[str, Any]:
        """A suggestion has words, a no has a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == YES_WITH_CHANGES and not cleaned.get("wording"):
            self.add_error("wording", "write the words you suggest")
        if cleaned.get("answer") == NO and not cleaned.get("reason"):
            self.add_error("reason", "write your reason")
        return cleaned


def proposals(desk: Desk, reply: ReplyForm | None) -> dict[str, Any]:
    """The client's proposals that wait for the therapist: this line's first, the others as links."""
    waiting = [row for row in desk.rows.rows if row.open and row.open.proposed_by_client]
    waiting.sort(key=lambda row: row.id != desk.item.id)
    if not waiting:
        return {"proposal": None, "other_proposals": []}
    first = waiting[0]
    return {
        "proposal": first,
        "proposed_words": words_of(first.open.content) if first.open else "",
        "other_proposals": waiting[1:],
        "proposed_on": proposed_on(first, desk),
        "clock": clock_words(first, desk),
        "reply_hints": hints(desk),
        "reason_label": f"Your reason. {desk.client.name} reads this.",
        "reply_form": reply or ReplyForm(initial={"wording": staff_words(first)}),
        "can_reply": desk.front.may_write and desk.front.is_therapist,
    }


def clock_words(row: DeskRow, desk: Desk) -> str:
    """“6 days left to answer. Roz sees this too.” One query (PLAN-7)."""
    at = row.open.row.at if row.open else desk.front.now
    duty = duties_since(desk.client_id, [at]).get(at)
    if duty is None:
        return ""
    if duty.late:
        return f"Late since {day(duty.due)}. {desk.client.name} reads: “Late. That’s on us.”"
    if duty.away_until is not None:
        who = f" {duty.cover} covers." if duty.cover else ""
        return f"The days wait until {day(duty.away_until)}.{who} {desk.client.name} sees this too."
    return f"{duty.left} to answer. {desk.client.name} sees this too."


def proposed_on(row: DeskRow, desk: Desk) -> str:
    """“On “72 hours’ notice”, May 4”."""
    said = "" if row.open is None or row.open.by_client else ", written down as it was said"
    return f"On “{row.title}”, {day(row.open.row.at) if row.open else ''}{said}"


def hints(desk: Desk) -> dict[str, str]:
    """What each answer does, in the client's name."""
    client = desk.client
    return {
        YES: f"{capital(client.their)} words come into force.",
        YES_WITH_CHANGES: f"{capital(client.answers)} yours. {capital(client.their)} words stay readable.",
        NO: f"{capital(client.reads)} your reason.",
    }


def staff_words(row: DeskRow) -> str:
    """The words of a proposal that staff can suggest otherwise: never the client's own."""
    content = row.open.content if row.open else None
    return content.clinical_wording if isinstance(content, GoalContent) else (words_of(content) if content else "")


class OwnAnswerForm(Form):
    """The therapist's own yes, taken back or given again."""

    choice = forms.ChoiceField(choices=((YES, "Yes"), (NO, "No")))
    revision = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Your reason", required=False, max_length=LONGEST, widget=Words())
