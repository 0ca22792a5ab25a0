"""What an item says, typed by kind (PLAN-2); always clean, with one canonical form (PLAN-5f)."""

from plans.content.forms import content_from_form
from plans.content.kinds import (
    Content,
    ContentRefused,
    GoalContent,
    InterventionContent,
    ObjectiveContent,
    StatementContent,
    content_of,
    with_client_words,
    with_parent,
    with_words,
)
from plans.content.parts import changed_parts, parts_asked
from plans.content.rhythm import DoerContent, Duration, Frequency
from plans.content.words import Line, lines_of, title_of, words_of

__all__ = [
    "Content",
    "ContentRefused",
    "DoerContent",
    "Duration",
    "Frequency",
    "GoalContent",
    "InterventionContent",
    "Line",
    "ObjectiveContent",
    "StatementContent",
    "changed_parts",
    "content_from_form",
    "content_of",
    "lines_of",
    "parts_asked",
    "title_of",
    "with_client_words",
    "with_parent",
    "with_words",
    "words_of",
]
