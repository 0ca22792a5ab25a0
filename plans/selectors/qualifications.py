"""Interventions that need a qualification whoever does them does not hold: a warning, never a block (PLAN-5, SUP-1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from careplan.access.models import CareRelationship
from careplan.accounts.licences import holders_of
from plans.content import Content, InterventionContent
from plans.kinds import THERAPIST_ROLES, Doer


def qualification_warnings(client_id: UUID, contents: Mapping[UUID, Content]) -> dict[UUID, str]:
    """By item, a sentence where its doer on the staff side holds no valid licence of the name it needs.

    No query unless a line needs one; then two.
    """
    needing = {item: content for item, content in contents.items() if isinstance(content, InterventionContent)}
    needing = {item: content for item, content in needing.items() if _needs(content)}
    if not needing:
        return {}
    therapists = _therapists(client_id)
    named = {content.doer.person for content in needing.values() if content.doer.person}
    holders = holders_of({content.qualification for content in needing.values()}, {*therapists, *named})
    return {
        item: _sentence(content)
        for item, content in needing.items()
        if not holders[content.qualification.casefold()] & _doers(content, therapists)
    }


def _needs(content: InterventionContent) -> bool:
    return bool(content.qualification) and content.doer.who != Doer.CLIENT


def _therapists(client_id: UUID) -> frozenset[UUID]:
    rows = CareRelationship.objects.filter(client_id=client_id, role__in=THERAPIST_ROLES, until=None)
    return frozenset(rows.values_list("person_id", flat=True))


def _doers(content: InterventionContent, therapists: Iterable[UUID]) -> set[UUID]:
    return {content.doer.person} if content.doer.person else set(therapists)


def _sentence(content: InterventionContent) -> str:
    return (
        f"This needs “{content.qualification}”. Whoever does it has no checked licence of that name that counts today. "
        "It can still be agreed; talk about who does it."
    )
