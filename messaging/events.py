"""What happens to messages, resources and sessions, in the catalogue's sentences (AUD-2)."""

from __future__ import annotations

from careplan.ledger import catalogue

MESSAGES: dict[str, tuple[str, str]] = {
    "message.sent": ("A message was sent.", "{who} sent a message."),
    "message.answered_by_itself": (
        "You were told that nobody was reading just then.",
        "The practice said by itself that nobody was reading just then.",
    ),
}
OFFERS: dict[str, tuple[str, str]] = {
    "resource.offered": ("{who} offered you something to read or try.", "{who} offered resources."),
    "resource.recalled": ("{who} took back something that was offered.", "{who} took back something offered."),
    "resource.answered": ("You answered something offered to you: {after}.", "{who} answered an offer: {after}."),
    "resource.read_shown": ("You showed that you had read something.", "{who} showed that something had been read."),
    "resource.read_hidden": ("You stopped showing that you had read something.", "{who} stopped showing that."),
    "resource.own_shown": ("You showed something of your own.", "{who} showed something of their own."),
    "resource.own_hidden": ("You stopped showing something of your own.", "{who} stopped showing something of theirs."),
}
KINDS = MESSAGES | OFFERS


def declare_all() -> None:
    """Puts every kind into the catalogue."""
    for kind, (client, staff) in KINDS.items():
        catalogue.declare(kind=kind, client=client, staff=staff)
