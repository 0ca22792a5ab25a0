"""Fixtures of the interface: billing's."""

from tests.billing.conftest import software, town

__all__ = ["software", "town"]
