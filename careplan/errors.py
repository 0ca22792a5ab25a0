"""What a service says when it does not do what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careplan.hooks import Words


class Refused(Exception):
    """It may not be done now; the sentence says why, in words for the person who asked."""

    def __init__(self, sentence: Words) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)


class Conflict(Exception):
    """Somebody else was first; the sentence says what moved, `moved` carries what the page shows beside it."""

    def __init__(self, sentence: Words, **moved: object) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self.moved = moved


class NotYours(Exception):
    """There is no such record for this person: unknown and not theirs are the same (ACC-5)."""
