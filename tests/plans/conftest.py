"""The rooms that tests of plans happen in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plans.room import Room, couple, room_of


@pytest.fixture
def room(world: Any) -> Room:
    """Tomek and Wren, with a plan that nothing is in yet."""
    return room_of(world, "tomek", "wren")


@pytest.fixture
def roz(world: Any) -> Room:
    """Roz, who has an account, and Imani, with a plan that nothing is in yet."""
    return room_of(world, "roz", "imani")


@pytest.fixture
def hollis(world: Any) -> Room:
    """Hollis, who has no account, and Imani, with a plan that nothing is in yet."""
    return room_of(world, "hollis", "imani")


@pytest.fixture
def two(world: Any) -> Room:
    """A couple and Wren: both of them decide."""
    return couple(world)
