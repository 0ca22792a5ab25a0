"""What a service says when it does not do what was asked."""

from __future__ import annotations


class Refused(Exception):
    """It may not be done now; the sentence says why, in words for the person who asked."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Conflict(Exception):
    """Somebody else was first; the sentence says what moved, `moved` carries what the page shows beside it."""

    def __init__(self, sentence: str, **moved: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.moved = moved


class NotYours(Exception):
    """There is no such record for this person: unknown and not theirs are the same (ACC-5)."""
