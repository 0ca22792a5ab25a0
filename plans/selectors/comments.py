"""What was said beside the lines of a plan (PLAN-1)."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from plans.kinds import CLIENT_SIDE
from plans.models import Comment


def comments_on(client_id: UUID, item_id: UUID) -> list[Comment]:
    """Returns everything said beside a line, oldest first. One query."""
    said = Comment.objects.filter(client_id=client_id, item_id=item_id).exclude(words=None)
    return list(said.select_related("about").order_by("at", "id"))


def last_comments(plan_id: UUID) -> list[Comment]:
    """Returns the last thing said beside each line of a plan. One query."""
    said = Comment.objects.filter(item__plan_id=plan_id).exclude(words=None)
    return list(said.order_by("item_id", "-at", "-id").distinct("item_id"))


def last_word_by_side(plan_id: UUID) -> tuple[int, int]:
    """Returns beside how many lines the client's side, and the staff's, wrote last. One query."""
    roles = Counter(row.author_role in CLIENT_SIDE for row in last_comments(plan_id))
    return roles[True], roles[False]
