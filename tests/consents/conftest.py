"""The people of the tests about consents: Roz decides for herself in her own pages, Imani writes down what she says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.consents.hands import Hands


@pytest.fixture
def hands(world: Any) -> Hands:
    """Roz and Imani, with the short verbs these tests are told in."""
    return Hands(world)
