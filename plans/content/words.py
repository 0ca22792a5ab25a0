"""How a content reads: its title, its own words, and its details line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from plans.content.kinds import Content, GoalContent, InterventionContent, ObjectiveContent, StatementContent
from plans.kinds import Doer, ExpressedBy, LifeArea, Visibility

TITLE = 60
DOERS = {Doer.CLIENT: lazy("The client"), Doer.THERAPIST: lazy("The therapist"), Doer.PERSON: lazy("Somebody else")}


@dataclass(frozen=True)
class Line:
    """One detail as people read it; `key` is the field it comes from."""

    key: str
    label: str
    text: str


def words_of(content: Content) -> str:
    """Returns the words that stand for the item on a sheet and in sentences."""
    match content:
        case StatementContent():
            return content.client_words or long_date(content.on)
        case GoalContent():
            return content.client_words or content.clinical_wording
        case ObjectiveContent():
            return content.behaviour
        case InterventionContent():
            return content.what


def title_of(content: Content) -> str:
    """Returns the first of its words, short enough for a tree or a sentence."""
    first = words_of(content).split("\n", 1)[0]
    return first if len(first) <= TITLE else first[: TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def lines_of(content: Content) -> tuple[Line, ...]:
    """Returns everything a content says apart from the words that stand for it; blanks are left out."""
    match content:
        case StatementContent():
            return ()
        case GoalContent():
            return _goal(content)
        case ObjectiveContent():
            return _objective(content)
        case InterventionContent():
            return _intervention(content)


def long_date(day: date | None) -> str:
    """Returns a day as people write it: 15 June 2026."""
    return f"{day.day} {day:%B} {day.year}" if day else ""


def _goal(goal: GoalContent) -> tuple[Line, ...]:
    wording = goal.clinical_wording if goal.client_words else ""
    return _said(
        ("clinical_wording", _("Clinical wording"), wording),
        ("expressed_by", _("Whose goal"), str(ExpressedBy(goal.expressed_by).label) if goal.expressed_by else ""),
        ("life_area", _("Part of life"), str(LifeArea(goal.life_area).label) if goal.life_area else ""),
        ("importance", _("Importance"), _of_ten(goal.importance)),
        ("confidence", _("Confidence"), _of_ten(goal.confidence)),
        ("start", _("Start"), long_date(goal.start)),
        ("target_date", _("By"), long_date(goal.target_date)),
        ("visibility", _("Who can see it"), str(Visibility(goal.visibility).label) if goal.visibility else ""),
    )


def _objective(objective: ObjectiveContent) -> tuple[Line, ...]:
    return _said(
        ("measure", _("Measured by"), objective.measure),
        ("baseline", _("Where it stands"), objective.baseline),
        ("target", _("Target"), objective.target),
        ("by", _("By"), long_date(objective.by)),
    )


def _intervention(intervention: InterventionContent) -> tuple[Line, ...]:
    return _said(
        ("modality", _("How"), intervention.modality),
        ("frequency", _("How often"), intervention.frequency.words() if intervention.frequency else ""),
        ("duration", _("For how long"), intervention.duration.words() if intervention.duration else ""),
        ("doer", _("Who does it"), str(DOERS[Doer(intervention.doer.who)])),
        ("qualification", _("Needs"), intervention.qualification),
        ("benefits", _("Good about it"), intervention.benefits),
        ("burdens", _("Hard about it"), intervention.burdens),
        ("evidence_note", _("What is known"), intervention.evidence_note),
    )


def _of_ten(value: int | None) -> str:
    return "" if value is None else _("%(value)s of 10") % {"value": value}


def _said(*lines: tuple[str, str, str]) -> tuple[Line, ...]:
    return tuple(Line(*line) for line in lines if line[2])
