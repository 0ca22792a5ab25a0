"""What this app hangs into the screens of the practice and of the portal."""

from __future__ import annotations


def hang() -> None:
    """Hangs everything, once, at start-up."""
