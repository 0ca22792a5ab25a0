"""What this app hangs into the practice's screens."""

from __future__ import annotations


def hang() -> None:
    """Menu entries, record tabs and panels of the clients' screens."""
