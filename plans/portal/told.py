"""What was said to a line so far, as the client reads it: whose answer, how given, by whom recorded (PLAN-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.kinds import CLIENT_SIDE, How, Says
from plans.models import Answer, Comment
from plans.portal.around import said_words
from plans.selectors.own_plan import OwnPlan

HOW = {
    How.BY_PROPOSING: gettext_lazy("by writing it"),
    How.OWN_HAND_PORTAL: gettext_lazy("by own hand, in these pages"),
    How.OWN_HAND_PRACTICE: gettext_lazy("by own hand, on our device"),
    How.SAID_IN_SESSION: gettext_lazy("said in session"),
    How.PHONE_OR_VIDEO: gettext_lazy("said by phone or video"),
    How.ON_PAPER: gettext_lazy("on paper"),
}


@dataclass(frozen=True)
class Told:
    """One answer: who gave it, what, how (nothing for staff at their desk), and who wrote it down, if somebody did."""

    who: str
    mine: bool
    said: str
    how: str
    recorded_by: str
    present: str
    at: datetime


def told_so_far(plan: OwnPlan) -> list[Told]:
    """Every answer to the line a page is about, to whichever of its wordings, latest first."""
    said = [answer for wording in plan.story.wordings for answer in wording.answers]
    return [_told(answer, plan) for answer in sorted(said, key=lambda answer: answer.number, reverse=True)]


def seen_beside(said: Sequence[Comment], plan: OwnPlan) -> list[tuple[str, str]]:
    """How staff see one's own words, or what they can't offer, under whose name (PLAN-5b)."""
    return [(differs(each, plan), each.words or "") for each in said]


def differs(said: Comment, plan: OwnPlan) -> str:
    """Under which words something stands that is more than a comment; nothing for a comment."""
    name = {"name": plan.names.get(said.author_id, plan.therapist)}
    match said.says:
        case Says.CANNOT_OFFER:
            return str(_("What %(name)s can’t offer")) % name
        case Says.DIFFERENTLY:
            return str(_("%(name)s sees it differently")) % name
    return ""


def _told(answer: Answer, plan: OwnPlan) -> Told:
    theirs = answer.role_held in CLIENT_SIDE
    return Told(
        who=_who(answer, plan),
        mine=answer.person_id == plan.by.person_id,
        said=said_words(answer.choice),
        how=str(HOW[How(answer.how)]) if theirs else "",
        recorded_by=plan.names.get(answer.recorded_by_id, str(_("your care team"))) if answer.recorded_by_id else "",
        present=", ".join(str(each) for each in answer.present or []),
        at=answer.at,
    )


def _who(answer: Answer, plan: OwnPlan) -> str:
    if answer.person_id == plan.by.person_id:
        return str(_("You"))
    if answer.role_held in CLIENT_SIDE:
        return str(_("Somebody who decides with you"))
    return plan.names.get(answer.person_id, plan.therapist)
