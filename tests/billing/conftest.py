"""Fixtures of billing."""

import pytest

from tests.billing.town import Software, Town


@pytest.fixture
def town(world):
    return Town(world)


@pytest.fixture
def software(town):
    return Software(town.let_in())
