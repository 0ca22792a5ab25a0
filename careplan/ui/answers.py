"""The four answers and the staff's three: one set of words and values, in one order, for every screen (UI-1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from careplan.hooks import Words

YES = "yes"
YES_WITH_CHANGES = "yes_with_changes"
NOT_NOW = "not_now"
NO = "no"

FOUR: tuple[tuple[str, Words], ...] = (
    (YES, _("Yes")),
    (YES_WITH_CHANGES, _("Yes, with changes")),
    (NOT_NOW, _("Not now")),
    (NO, _("No thanks")),
)
STAFF: tuple[tuple[str, Words], ...] = (
    (YES, _("Yes")),
    (YES_WITH_CHANGES, _("Suggest wording")),
    (NO, _("No, with a reason")),
)

# What can be said of a whole version (PLAN-10): four equal ways, the last of which makes no signature.
STATEMENTS: tuple[tuple[str, Words], ...] = (
    ("mine", _("This is my plan")),
    ("parts", _("I agree with parts of it")),
    ("took-part", _("I took part, and I don’t agree")),
    ("rather_not", _("I’d rather not sign")),
)

# Only the hint under each answer may differ; each set says something under all of them, or under none.
HINTS: Mapping[str, Mapping[str, Words]] = {
    "": {},
    "new": {
        YES: _("Put it in my plan as it is."),
        YES_WITH_CHANGES: _("I’ll say it my way first."),
        NOT_NOW: _("Leave it for a later date."),
        NO: _("Leave it out of my plan."),
    },
    "changed": {
        YES: _("Use the new words."),
        YES_WITH_CHANGES: _("I’ll write it my way first."),
        NOT_NOW: _("Ask me later. The old words count."),
        NO: _("Stay with the words I had."),
    },
    "in_force": {
        YES: _("Keep it as it is."),
        YES_WITH_CHANGES: _("Keep it, and I’ll say what to change."),
        NOT_NOW: _("Take it out until later."),
        NO: _("Take it out of my plan."),
    },
    "statements": {
        "mine": _("It says what I want it to say."),
        "parts": _("My notes say which."),
        "took-part": _("That is noted as it is."),
        "rather_not": _("That is fine, and noted too."),
    },
    "staff": {
        YES: _("Their words come into force."),
        YES_WITH_CHANGES: _("They answer yours. Theirs stays readable."),
        NO: _("They read your reason."),
    },
}


@dataclass(frozen=True)
class Choice:
    """One answer as it is shown."""

    value: str
    label: Words
    hint: Words
    checked: bool
    input_id: str


def choices(
    *, name_id: str, value: str, hints: Mapping[str, Words], answers: tuple[tuple[str, Words], ...] = FOUR
) -> list[Choice]:
    """The answers in their one order, with the hint of each and the one that was chosen, if any.

    Raises ValueError when some answers have a hint and others don't: they would not look equal.
    """
    told = [answer for answer, _label in answers if hints.get(answer)]
    if told and len(told) != len(answers):
        raise ValueError("a hint under every answer, or under none (UI-1)")
    return [
        Choice(answer, label, hints.get(answer, ""), answer == value, f"{name_id}_{number}")
        for number, (answer, label) in enumerate(answers)
    ]
