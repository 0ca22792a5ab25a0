"""Saying something beside a line: not a proposal, not an answer, and nobody owes one (PLAN-1, PLAN-5b)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.canonical import clean_text
from careplan.errors import NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from plans.kinds import CLIENT_SIDE, Says
from plans.models import Comment, Item, ItemRevision
from plans.selectors.acting import role_of
from plans.selectors.comments import has_own_words
from plans.services.head import changing, find, person_of, running_plan
from plans.services.versions import settle

LONGEST = 4000
KINDS = {
    Says.COMMENT: "item.commented",
    Says.DIFFERENTLY: "item.seen_differently",
    Says.CANNOT_OFFER: "item.cannot_offer",
}


def comment_on_item(
    *, item_id: UUID, words: str, by: Actor, about_id: UUID | None = None, says: Says = Says.COMMENT
) -> Comment:
    """Returns the stored comment, about the line or one wording of it; a double click is one comment.

    Staff may say beside the client's own words that they see it differently, or what they can't offer; whose yes
    counts stays as it is (PLAN-5b). Raises Refused for nothing said or too much, NotYours for a wording of another
    line.
    """
    item = find(Item, item_id)
    said = _sound(words)
    with changing(item.client_id) as at:
        plan = running_plan(item.plan_id)
        if about_id is not None and find(ItemRevision, about_id).item_id != item.id:
            raise NotYours
        last = Comment.objects.filter(client_id=item.client_id, item=item).order_by("-at", "-id").first()
        if last is not None and _same(last, by.person_id, said, about_id, says):
            return last
        role = role_of(item.client_id, person_of(by))
        _ensure_may_say(item, role, says)
        comment = Comment.objects.create(
            id=uuid7(),
            client_id=item.client_id,
            practice_id=item.practice_id,
            item=item,
            about_id=about_id,
            author_id=person_of(by),
            author_role=role,
            says=says,
            words=said,
            at=at,
        )
        record(
            kind=KINDS[says],
            client_id=item.client_id,
            object_type="item",
            object_id=item.id,
            detail={"comment": str(comment.id)},
        )
        settle(plan=plan, cause="comment", at=at)
        return comment


def _same(last: Comment, person_id: UUID | None, words: str, about_id: UUID | None, says: Says) -> bool:
    return (last.author_id, last.words, last.about_id, last.says) == (person_id, words, about_id, says)


def _ensure_may_say(item: Item, role: str, says: Says) -> None:
    if says == Says.COMMENT:
        return
    if role in CLIENT_SIDE:
        raise NotYours
    if not has_own_words(item):
        raise Refused("That goes beside the client’s own words. Here you can write a comment.")


def _sound(words: str) -> str:
    said = clean_text(words)
    if not said:
        raise Refused(_("Write something first."))
    if len(said) > LONGEST:
        raise Refused(f"That is longer than {LONGEST} letters. Write it in two parts.")
    return said
