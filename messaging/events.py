"""What happens to messages, resources and sessions, in the catalogue's sentences (AUD-2)."""

from __future__ import annotations

from careplan.ledger import catalogue

KINDS: dict[str, tuple[str, str]] = {}


def declare_all() -> None:
    """Puts every kind into the catalogue."""
    for kind, (client, staff) in KINDS.items():
        catalogue.declare(kind=kind, client=client, staff=staff)
