"""The four answers and the staff's three: one set of words and values, in one order, for every screen (UI-1)."""

from collections.abc import Mapping
from dataclasses import dataclass

YES = "yes"
YES_WITH_CHANGES = "yes_with_changes"
NOT_NOW = "not_now"
NO = "no"

FOUR: tuple[tuple[str, str], ...] = (
    (YES, "Yes"),
    (YES_WITH_CHANGES, "Yes, with changes"),
    (NOT_NOW, "Not now"),
    (NO, "No thanks"),
)
STAFF: tuple[tuple[str, str], ...] = (
    (YES, "Yes"),
    (YES_WITH_CHANGES, "Suggest wording"),
    (NO, "No, with a reason"),
)

# What can be said of a whole version (PLAN-10): four equal ways, the last of which makes no signature.
STATEMENTS: tuple[tuple[str, str], ...] = (
    ("mine", "This is my plan"),
    ("parts", "I agree with parts of it"),
    ("took-part", "I took part, and I don’t agree"),
    ("rather_not", "I’d rather not sign"),
)

# Only the hint under each answer may differ; each set says something under all of them, or under none.
HINTS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "new": {
        YES: "Put it in my plan as it is.",
        YES_WITH_CHANGES: "I’ll say it my way first.",
        NOT_NOW: "Leave it for a later date.",
        NO: "Leave it out of my plan.",
    },
    "changed": {
        YES: "Use the new words.",
        YES_WITH_CHANGES: "I’ll write it my way first.",
        NOT_NOW: "Ask me later. The old words count.",
        NO: "Stay with the words I had.",
    },
    "in_force": {
        YES: "Keep it as it is.",
        YES_WITH_CHANGES: "Keep it, and I’ll say what to change.",
        NOT_NOW: "Take it out until later.",
        NO: "Take it out of my plan.",
    },
    "statements": {
        "mine": "It says what I want it to say.",
        "parts": "My notes say which.",
        "took-part": "That is noted as it is.",
        "rather_not": "That is fine, and noted too.",
    },
    "staff": {
        YES: "Their words come into force.",
        YES_WITH_CHANGES: "They answer yours. Theirs stays readable.",
        NO: "They read your reason.",
    },
}


@dataclass(frozen=True)
class Choice:
    """One answer as it is shown."""

    value: str
    label: str
    hint: str
    checked: bool
    input_id: str


def choices(
    *, name_id: str, value: str, hints: Mapping[str, str], answers: tuple[tuple[str, str], ...] = FOUR
) -> list[Choice]:
    """The answers in their one order, with the hint of each and the one that was chosen, if any.

    Raises ValueError when some answers have a hint and others don't: they would not look equal.
    """
    told = [answer for answer, _ in answers if hints.get(answer)]
    if told and len(told) != len(answers):
        raise ValueError("a hint under every answer, or under none (UI-1)")
    return [
        Choice(answer, label, hints.get(answer, ""), answer == value, f"{name_id}_{number}")
        for number, (answer, label) in enumerate(answers)
    ]
