"""The people of the tests about clients: who acts, and whose record is open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.town import Town


@pytest.fixture
def town(world: Any) -> Town:
    """Linden Street and Harbour Rooms, with the short verbs these tests are told in."""
    return Town(world)
