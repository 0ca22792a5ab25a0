"""What was said beside the lines of a plan (PLAN-1, PLAN-5b)."""

from __future__ import annotations

from collections import Counter, defaultdict
from uuid import UUID

from plans.kinds import CLIENT_SIDE, ItemKind, Says, StatementType
from plans.models import Comment, Item, ItemRevision


def comments_on(client_id: UUID, item_id: UUID) -> list[Comment]:
    """Returns everything said beside a line, oldest first. One query."""
    said = Comment.objects.filter(client_id=client_id, item_id=item_id).exclude(words=None)
    return list(said.select_related("about").order_by("at", "id"))


def seen_differently(client_id: UUID) -> dict[UUID, list[Comment]]:
    """Returns how staff see the client's words, and what they can't offer, by line, oldest first. One query."""
    found: dict[UUID, list[Comment]] = defaultdict(list)
    for said in Comment.objects.filter(client_id=client_id).exclude(says=Says.COMMENT).exclude(words=None):
        found[said.item_id].append(said)
    return {item_id: sorted(said, key=lambda each: (each.at, each.id)) for item_id, said in found.items()}


def has_own_words(item: Item) -> bool:
    """Says whether a line holds the client's own words: a statement, or a goal they put into words. One query."""
    if item.kind == ItemKind.STATEMENT:
        return bool(item.statement_type != StatementType.LOOK_AGAIN)
    worded = ItemRevision.objects.filter(item=item, content__client_words__isnull=False)
    return item.kind == ItemKind.GOAL and worded.exclude(content__client_words="").exists()


def last_comments(plan_id: UUID) -> list[Comment]:
    """Returns the last thing said beside each line of a plan. One query."""
    said = Comment.objects.filter(item__plan_id=plan_id).exclude(words=None)
    return list(said.order_by("item_id", "-at", "-id").distinct("item_id"))


def last_word_by_side(plan_id: UUID) -> tuple[int, int]:
    """Returns beside how many lines the client's side, and the staff's, wrote last. One query."""
    roles = Counter(row.author_role in CLIENT_SIDE for row in last_comments(plan_id))
    return roles[True], roles[False]
