"""States and the moves between them, as a table; and one guarded way to make a move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from careplan.errors import Conflict, Refused


@dataclass(frozen=True)
class Move:
    """From one state to another by a verb."""

    source: str
    to: str
    verb: str


@dataclass(frozen=True)
class Workflow:
    """All moves of one field of one table: what is not in it cannot happen.

    `states` are the field's choices; `noun` is what a refusal calls the thing.
    """

    field: str
    states: type[models.TextChoices]
    moves: tuple[Move, ...]
    noun: str

    def __post_init__(self) -> None:
        known = set(self.states.values)
        for move in self.moves:
            if {move.source, move.to} - known:
                raise ValueError(f"{self.noun}: {move} names a state that does not exist")
        if len({(move.source, move.verb) for move in self.moves}) != len(self.moves):
            raise ValueError(f"{self.noun}: a verb leads from a state to one place only")

    def allowed(self, state: str) -> tuple[Move, ...]:
        """Returns the moves out of a state."""
        return tuple(move for move in self.moves if move.source == state)

    def can(self, state: str, verb: str) -> bool:
        """Says whether the verb fits the state: the rule a button is hidden by."""
        return any(move.verb == verb for move in self.allowed(state))

    def move(self, state: str, verb: str) -> Move:
        """Returns the move; raises Refused with a sentence when the table has none."""
        for move in self.allowed(state):
            if move.verb == verb:
                return move
        label = self.states(state).label.lower()
        raise Refused(f"That isn’t possible now: {self.noun} is {label}.")

    def apply(self, row: models.Model, verb: str, **stamps: Any) -> Move:
        """Makes the move on the stored row, with its stamps; raises Refused, or Conflict when it moved meanwhile."""
        move = self.move(getattr(row, self.field), verb)
        changes = {self.field: move.to, **stamps}
        rows = type(row)._default_manager.filter(pk=row.pk, **{self.field: move.source})
        if rows.update(**changes) != 1:
            raise Conflict(f"Somebody else was quicker: {self.noun} has moved on. Please look again.")
        for name, value in changes.items():
            setattr(row, name, value)
        return move

    def every_pair(self) -> Iterator[tuple[str, str, bool]]:
        """Yields each state with each state with whether a move leads there: for exhaustive tests."""
        pairs = {(move.source, move.to) for move in self.moves}
        for source in self.states.values:
            for to in self.states.values:
                yield source, to, (source, to) in pairs

    def every_attempt(self) -> Iterator[tuple[str, str, Move | None]]:
        """Yields each state with each verb with the move it makes, or None: for exhaustive tests."""
        verbs = sorted({move.verb for move in self.moves})
        for state in self.states.values:
            for verb in verbs:
                yield state, verb, next((move for move in self.allowed(state) if move.verb == verb), None)


def moves(verb: str, *, sources: tuple[str, ...], to: str) -> tuple[Move, ...]:
    """Returns the same verb from several states."""
    return tuple(Move(source=source, to=to, verb=verb) for source in sources)
