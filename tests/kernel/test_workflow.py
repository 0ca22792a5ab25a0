"""What is not in the table of moves cannot happen."""

from __future__ import annotations

import pytest
from django.db.models import TextChoices

from careplan.errors import Refused
from careplan.workflow import Move, Workflow, moves


class Door(TextChoices):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"
    GONE = "gone", "Gone"


DOOR = Workflow(
    field="state",
    states=Door,
    noun="this door",
    moves=(
        Move("open", "shut", "shut"),
        Move("shut", "open", "open"),
        *moves("take", sources=("open", "shut"), to="gone"),
    ),
)


def test_each_state_knows_its_moves() -> None:
    assert [move.verb for move in DOOR.allowed("open")] == ["shut", "take"]
    assert DOOR.allowed("gone") == ()
    assert DOOR.can("shut", "open")
    assert not DOOR.can("open", "open")


def test_every_attempt_is_a_move_or_a_sentence() -> None:
    for state, verb, move in DOOR.every_attempt():
        if move is None:
            with pytest.raises(Refused, match="this door is"):
                DOOR.move(state, verb)
        else:
            assert DOOR.move(state, verb) == move


def test_every_pair_of_states_is_covered() -> None:
    pairs = {(source, to): leads for source, to, leads in DOOR.every_pair()}
    assert len(pairs) == 9
    assert {pair for pair, leads in pairs.items() if leads} == {
        ("open", "shut"),
        ("shut", "open"),
        ("open", "gone"),
        ("shut", "gone"),
    }


@pytest.mark.parametrize(
    "broken", [(Move("open", "ajar", "push"),), (Move("open", "shut", "go"), Move("open", "gone", "go"))]
)
def test_a_table_that_contradicts_itself_does_not_start(broken: tuple[Move, ...]) -> None:
    with pytest.raises(ValueError, match="this door"):
        Workflow(field="state", states=Door, noun="this door", moves=broken)
