"""What stands, told a second time: by replaying rows in Python, without the view and without the services' code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from plans.models import Answer, Item, ItemRevision

THERAPIST = "the therapist"


@dataclass
class Told:
    """One item as the replay sees it."""

    in_force: UUID | None = None
    open: UUID | None = None
    off: str | None = None
    parent: UUID | None = None


@dataclass
class Wording:
    id: UUID
    content: dict[str, Any]
    parties: frozenset[object]
    came: bool = False
    last: dict[object, str] = field(default_factory=dict)
    decided: dict[object, str] = field(default_factory=dict)

    def hear(self, who: object, choice: str) -> None:
        if who in self.parties:
            self.last[who] = choice
            if choice != "yes_with_changes":
                self.decided[who] = choice
        self.came = self.came or all(self.last.get(party) == "yes" for party in self.parties)

    def declined(self) -> str | None:
        return next((choice for choice in self.decided.values() if choice in ("no", "not_now")), None)


def replay(item: Item, revisions: Sequence[ItemRevision], answers: Sequence[Answer], deciders: frozenset[UUID]) -> Told:
    """Tells one item from its rows in the order in which they were written."""
    wordings: list[Wording] = []
    events = sorted([*revisions, *answers], key=lambda row: row.id)
    for row in events:
        if isinstance(row, ItemRevision):
            wordings.append(Wording(row.id, row.content, asked(item.kind, row.content, in_force(wordings), deciders)))
            continue
        wording = next(each for each in wordings if each.id == row.revision_id)
        wording.hear(row.person_id, row.choice)
        if row.role_held in ("lead", "co_therapist"):
            wording.hear(THERAPIST, row.choice)
    return told(wordings)


def told(wordings: list[Wording]) -> Told:
    standing, highest = in_force(wordings), wordings[-1]
    closed = highest.declined() or any(choice != "yes" for choice in highest.last.values())
    result = Told(
        in_force=standing.id if standing else None,
        open=highest.id if not highest.came and not closed else None,
        parent=standing.content.get("parent") if standing else None,
    )
    if result.in_force is None and result.open is None:
        came = [each for each in wordings if each.came]
        result.off = highest.declined() or (came[-1].declined() if came else None)
    return result


def in_force(wordings: list[Wording]) -> Wording | None:
    came = [each for each in wordings if each.came]
    return came[-1] if came and not came[-1].declined() else None


def asked(kind: str, content: dict, now: Wording | None, deciders: frozenset[UUID]) -> frozenset[object]:
    """PLAN-5b in one breath."""
    clinical = (
        content.get("clinical_wording") is not None
        if now is None
        else (
            content.get("clinical_wording") != now.content.get("clinical_wording")
            or (content == now.content and "clinical_wording" in content)
        )
    )
    therapist = {
        "statement": False,
        "goal": clinical,
        "objective": True,
        "intervention": content.get("doer", {}).get("who") == "therapist",
    }[kind]
    return deciders | ({THERAPIST} if therapist else set())


def effective(items: dict[UUID, Told], item_id: UUID) -> bool:
    """In force, and every ancestor in force."""
    one: UUID | None = item_id
    while one is not None:
        if items[one].in_force is None:
            return False
        one = UUID(items[one].parent) if items[one].parent else None
    return True
