"""Whose answer a new wording asks for (PLAN-5b); what differs stands in `plans.selectors.differences`."""

from __future__ import annotations

from careplan.access.models import Decider
from plans.content import Content, InterventionContent, parts_asked
from plans.kinds import Doer, ItemKind, Part
from plans.practice.person import Spoken
from plans.selectors.differences import Difference, differences

__all__ = ["Difference", "asked", "differences"]


def asked(
    content: Content, in_force: Content | None, deciders: list[Decider], client: Spoken, therapist: bool
) -> list[str]:
    """Returns whose yes this wording will need, in sentences; `therapist` says that the writer is the therapist."""
    names = [
        client.name if row.authority == "self" else f"{client.whose} {_authority(row)}"
        for row in deciders
        if row.voice == "decides"
    ]
    beside = [f"{client.whose} {_authority(row)} (asked beside)" for row in deciders if row.voice != "decides"]
    found = [f"{name}’s yes" for name in names] + beside
    if _asks_therapist(content, in_force):
        found.append("Yours, given by proposing" if therapist else "The therapist’s yes")
    if isinstance(content, InterventionContent) and content.doer.person:
        found.append("The yes of whoever will do it")
    return found


def _authority(row: Decider) -> str:
    return "partner" if row.authority == "couple_member" else "guardian"


def _asks_therapist(content: Content, in_force: Content | None) -> bool:
    match content.kind:
        case ItemKind.OBJECTIVE:
            return True
        case ItemKind.GOAL:
            parts = parts_asked(content.canonical(), in_force.canonical() if in_force else None)
            return Part.CLINICAL_WORDING in parts
        case ItemKind.INTERVENTION:
            return isinstance(content, InterventionContent) and content.doer.who == Doer.THERAPIST
    return False
