"""The one catalogue of events (AUD-2): each has a sentence for the client, one for staff, a visibility, a retention.

Sentences may use `{who}` (the actor's first name, or "you"), `{before}` and `{after}`. They never hold content.
"""

from dataclasses import dataclass
from enum import StrEnum


class Visibility(StrEnum):
    """Who reads an event's line."""

    EVERYONE = "everyone"
    STAFF = "staff"


class Retention(StrEnum):
    """How long an event is kept."""

    RECORD = "as_long_as_the_record"


@dataclass(frozen=True)
class EventKind:
    """A kind of event and the sentences it is told in."""

    kind: str
    client: str
    staff: str
    visibility: Visibility = Visibility.EVERYONE
    retention: Retention = Retention.RECORD


_KINDS: dict[str, EventKind] = {}


def declare(
    *,
    kind: str,
    client: str,
    staff: str,
    visibility: Visibility = Visibility.EVERYONE,
    retention: Retention = Retention.RECORD,
) -> EventKind:
    """The declared kind. Raises ValueError when it was declared before."""
    if kind in _KINDS:
        raise ValueError(f"{kind} is declared twice")
    _KINDS[kind] = EventKind(kind, client, staff, visibility, retention)
    return _KINDS[kind]


def event_kind(kind: str) -> EventKind:
    """The catalogue's entry. Raises LookupError for a kind that is not in it."""
    try:
        return _KINDS[kind]
    except KeyError:
        raise LookupError(f"{kind} is not in the catalogue of events") from None


def all_kinds() -> dict[str, EventKind]:
    """Every declared kind by name."""
    return dict(_KINDS)


declare(
    kind="care.started",
    client="Somebody joined your care team.",
    staff="{who} added somebody to the care team ({after}).",
)
declare(
    kind="care.ended",
    client="Somebody left your care team. They can no longer open your record.",
    staff="{who} ended a care relationship ({before}).",
)
declare(
    kind="decider.added",
    client="Somebody was added who is asked about your plan.",
    staff="{who} added a decider ({after}).",
)
declare(
    kind="decider.ended",
    client="Somebody is no longer asked about your plan.",
    staff="{who} ended a decider ({before}).",
)
declare(
    kind="account.invited",
    client="{who} sent you a link to your own pages.",
    staff="{who} invited the client to their own pages.",
)
declare(
    kind="account.begun",
    client="You began to use your own pages.",
    staff="The client began to use their own pages.",
)
declare(
    kind="call.code_made",
    client="{who} read six digits to you, to open a sheet on a call.",
    staff="{who} made a code to read out on a call.",
)
declare(
    kind="call.opened",
    client="A sheet was opened with the six digits that were read to you.",
    staff="A sheet was opened with the code that was read out.",
)
declare(
    kind="record.erased",
    client="Something was removed from your record for good. That it was there stays written.",
    staff="Content was erased, by two people.",
)
declare(
    kind="record.held",
    client="A legal hold keeps anything in your record from being removed.",
    staff="A legal hold was put on the record.",
)
