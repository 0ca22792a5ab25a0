"""Roz in her own pages."""

from __future__ import annotations

import pytest

from tests.plans.room import room_of
from tests.plans_portal.mine import mine_of


@pytest.fixture
def roz(world):
    """Roz and Imani, with a plan that nothing is in yet."""
    return room_of(world, "roz", "imani")


@pytest.fixture
def mine(roz):
    """Roz's browser."""
    return mine_of(roz)
