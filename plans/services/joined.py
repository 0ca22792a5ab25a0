"""A new decider is asked at the next review about what is in force; nothing falls meanwhile (PLAN-5a)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from careplan.access.actor import Actor
from careplan.errors import Refused
from plans.content import content_of
from plans.models import Item, ItemRevision, Party, Plan, Standing
from plans.selectors.acting import role_of
from plans.selectors.people import deciders_of
from plans.services.answers import latest_of
from plans.services.head import ensure_may_propose, person_of
from plans.services.items import proposed
from plans.services.revisions import Author, write_revision

WHY = "Somebody who decides with you joined. The words are the same, and what was agreed counts meanwhile."


def ask_who_joined(*, plan: Plan, sheet_id: UUID, by: Actor, at: datetime) -> None:
    """Proposes the words in force once more where somebody who decides now was never asked about them.

    The caller opens a review, holds the head and settles. Without a yes to treatment nothing is proposed (CONS-12).
    """
    missed = _missed(plan)
    try:
        ensure_may_propose(plan.client_id, by)
    except Refused:
        return
    person = person_of(by)
    author = Author(person_id=person, role=role_of(plan.client_id, person), at=at, sheet_id=sheet_id)
    for standing in missed:
        _ask_again(standing, author)


def _missed(plan: Plan) -> list[Standing]:
    deciding = {each.person_id for each in deciders_of(plan.client_id) if each.voice == "decides"}
    rows = Standing.objects.filter(client_id=plan.client_id, plan_id=plan.id, in_force_id__isnull=False, open_id=None)
    standings = list(rows.order_by("position", "item_id"))
    asked: dict[UUID, set[UUID | None]] = defaultdict(set)
    parties = Party.objects.filter(revision_id__in=[row.in_force_id for row in standings])
    for revision_id, person_id in parties.values_list("revision_id", "person_id"):
        asked[revision_id].add(person_id)
    return [row for row in standings if row.in_force_id and deciding - asked[row.in_force_id]]


def _ask_again(standing: Standing, author: Author) -> ItemRevision:
    item = Item.objects.get(client_id=standing.client_id, id=standing.item_id)
    latest = latest_of(standing)
    content = content_of(item.kind, latest.counts.content or {}, statement_type=item.statement_type)
    revision = write_revision(item=item, content=content, author=author, latest=latest, why=WHY)
    return proposed(item=item, revision=revision, kind="item.asked_again")
