"""Starting a plan, proposing, rewording, moving, ordering, progress (PLAN-1, PLAN-5, PLAN-15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.access.models import Record
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from plans.content import Content, StatementContent, content_of, with_parent
from plans.kinds import ItemKind
from plans.models import Item, ItemRevision, Plan, Standing
from plans.models.plan import UNENDED
from plans.moves import PLAN_MOVES, PROGRESS_MOVES
from plans.selectors.acting import is_staff, role_of
from plans.services.answers import latest_of
from plans.services.head import changing, ensure_may_propose, find, person_of, running_plan
from plans.services.off_table import raised_over
from plans.services.pace import ensure_pace_allows
from plans.services.revisions import Author, Latest, asks_everyone, write_revision, yes_by_proposing
from plans.services.versions import settle


def start_plan(*, client_id: UUID, by: Actor) -> Plan:
    """Returns the record's plan that has not ended, starting one when there is none."""
    with changing(client_id) as at:
        there = Plan.objects.filter(client_id=client_id, status__in=UNENDED).first()
        if there is not None:
            return there
        practice_id = Record.objects.filter(client_id=client_id).values_list("practice_id", flat=True).first()
        if practice_id is None:
            raise NotYours
        plan = Plan.objects.create(
            id=uuid7(), client_id=client_id, practice_id=practice_id, started_at=at, started_by_id=person_of(by)
        )
        record(kind="plan.started", client_id=client_id, object_type="plan", object_id=plan.id, after=plan.status)
        settle(plan=plan, cause="started", at=at)
        return plan


def move_plan(*, plan_id: UUID, verb: str, by: Actor, reason: str = "") -> Plan:
    """Returns the plan after pause, resume, complete, end_early or enter_in_error; raises Refused otherwise."""
    plan = find(Plan, plan_id)
    with changing(plan.client_id) as at:
        plan.refresh_from_db()
        if verb == "activate":
            raise Refused(_("A plan begins by its first agreed line, not by hand."))
        ends = PLAN_MOVES.move(plan.status, verb).to not in UNENDED
        stamps = {"ended_at": at, "ended_by_id": person_of(by)} if ends else {}
        move = PLAN_MOVES.apply(plan, verb, **stamps)
        record(
            kind="plan.moved",
            client_id=plan.client_id,
            object_type="plan",
            object_id=plan.id,
            before=move.source,
            after=move.to,
            reason=clean_text(reason),
        )
        settle(plan=plan, cause="plan_moved", at=at)
        return plan


def propose_item(
    *,
    plan_id: UUID,
    content: Content,
    by: Actor,
    sheet_id: UUID | None = None,
    why: str = "",
    raise_anyway: bool = False,
) -> ItemRevision:
    """Returns the first wording of a new line; its author's own yes is in it, the others are asked.

    Raises Refused (pace, whose words), OffTheTable when it repeats what was declined. Proposing the same words again
    while they are open or agreed gives the line that is there.
    """
    plan = find(Plan, plan_id)
    with changing(plan.client_id) as at:
        ensure_may_propose(plan.client_id, by)
        revision = add_item(
            plan=running_plan(plan_id),
            content=content,
            by=by,
            at=at,
            sheet_id=sheet_id,
            why=why,
            raise_anyway=raise_anyway,
        )
        settle(plan=find(Plan, plan_id), cause="proposed", at=at)
        return revision


def add_item(
    *, plan: Plan, content: Content, by: Actor, at: datetime, sheet_id: UUID | None, why: str, raise_anyway: bool
) -> ItemRevision:
    """Returns the first wording of a new line; the caller holds the head and settles."""
    author = Author(person_id=person_of(by), role=role_of(plan.client_id, person_of(by)), at=at, sheet_id=sheet_id)
    there = _same_line(plan, content)
    if there is not None:
        return there
    over = _over(plan=plan, item_id=None, content=content, author=author, raise_anyway=raise_anyway)
    if sheet_id is None or not _own_words_only(content):
        ensure_pace_allows(plan=plan, sheet_id=sheet_id, by=by, at=at)
    item = _new_item(plan, content, author)
    revision = write_revision(
        item=item, content=content, author=author, latest=Latest(), why=clean_text(why), raised_over=over
    )
    return proposed(item=item, revision=revision, kind="item.proposed")


def propose_revision(
    *,
    item_id: UUID,
    base: int,
    content: Content,
    by: Actor,
    sheet_id: UUID | None = None,
    why: str = "",
    raise_anyway: bool = False,
) -> ItemRevision:
    """Returns the new wording of a line, written on wording number `base`; what is in force stays until it is agreed.

    Raises Conflict (`theirs`, `yours`, `latest_number`) when somebody wrote another meanwhile, Refused, OffTheTable.
    """
    item = find(Item, item_id)
    with changing(item.client_id) as at:
        ensure_may_propose(item.client_id, by)
        revision = add_revision(
            item=item,
            base=base,
            content=content,
            by=by,
            at=at,
            sheet_id=sheet_id,
            why=why,
            raise_anyway=raise_anyway,
        )
        settle(plan=find(Plan, item.plan_id), cause="proposed", at=at)
        return revision


def add_revision(
    *,
    item: Item,
    base: int,
    content: Content,
    by: Actor,
    at: datetime,
    sheet_id: UUID | None = None,
    why: str = "",
    raise_anyway: bool = False,
    kind: str = "item.reworded",
) -> ItemRevision:
    """Returns the new wording of a line; the caller holds the head and settles."""
    plan = running_plan(item.plan_id)
    _ensure_fits(item, content)
    standing = Standing.objects.get(client_id=item.client_id, item_id=item.id)
    latest = latest_of(standing)
    highest = latest.highest or latest.counts
    if highest.content == content.canonical() and _counts(standing) and asks_everyone(highest):
        return highest
    _ensure_latest(item, base, highest, content)
    author = Author(person_id=person_of(by), role=role_of(item.client_id, person_of(by)), at=at, sheet_id=sheet_id)
    over = _over(plan=plan, item_id=item.id, content=content, author=author, raise_anyway=raise_anyway)
    if sheet_id is None or not _only_own_words_change(content, latest):
        ensure_pace_allows(plan=plan, sheet_id=sheet_id, by=by, at=at)
    revision = write_revision(
        item=item, content=content, author=author, latest=latest, why=clean_text(why), raised_over=over
    )
    return proposed(item=item, revision=revision, kind=kind)


def move_item(*, item_id: UUID, parent_id: UUID | None, base: int, by: Actor, why: str = "") -> ItemRevision:
    """Returns the wording that puts a line under another parent: part of its content, so it needs new answers."""
    item = find(Item, item_id)
    with changing(item.client_id) as at:
        ensure_may_propose(item.client_id, by)
        standing = Standing.objects.get(client_id=item.client_id, item_id=item.id)
        latest = latest_of(standing).counts
        now = content_of(item.kind, latest.content or {}, statement_type=item.statement_type)
        content = with_parent(now, parent_id)
        ensure_tree(item=item, parent_id=parent_id)
        revision = add_revision(item=item, base=base, content=content, by=by, at=at, why=why, kind="item.moved")
        settle(plan=find(Plan, item.plan_id), cause="moved", at=at)
        return revision


def reorder(*, plan_id: UUID, item_ids: Sequence[UUID], by: Actor) -> None:
    """Puts these lines in this order among each other; order alone cuts no version (PLAN-5d)."""
    plan = find(Plan, plan_id)
    with changing(plan.client_id) as at:
        running_plan(plan_id)
        items = {item.id: item for item in Item.objects.filter(client_id=plan.client_id, plan=plan)}
        if len(set(item_ids)) != len(item_ids) or not set(item_ids) <= set(items):
            raise NotYours
        for position, item_id in enumerate(item_ids):
            items[item_id].position = position
        Item.objects.bulk_update([items[item_id] for item_id in item_ids], ["position"])
        record(
            kind="plan.reordered",
            client_id=plan.client_id,
            object_type="plan",
            object_id=plan.id,
            detail={"items": [str(item_id) for item_id in item_ids]},
        )
        settle(plan=find(Plan, plan_id), cause="reordered", at=at)
        person_of(by)


def set_progress(*, item_id: UUID, verb: str, by: Actor) -> Item:
    """Returns the line with its progress moved; only what was agreed has progress. Raises Refused."""
    item = find(Item, item_id)
    with changing(item.client_id) as at:
        item.refresh_from_db()
        running_plan(item.plan_id)
        if Standing.objects.get(client_id=item.client_id, item_id=item.id).in_force_id is None:
            raise Refused(_("This line isn’t agreed, so there is no progress to write down yet."))
        move = PROGRESS_MOVES.apply(item, verb, progress_at=at, progress_by_id=person_of(by))
        record(
            kind="item.progress",
            client_id=item.client_id,
            object_type="item",
            object_id=item.id,
            before=move.source,
            after=move.to,
        )
        settle(plan=find(Plan, item.plan_id), cause="progress", at=at)
        return item


def ensure_tree(*, item: Item, parent_id: UUID | None) -> None:
    """Raises Refused when a line can't stand there: goal under goal, objective under goal, never under itself."""
    if parent_id is None:
        return
    parent = Item.objects.filter(client_id=item.client_id, plan_id=item.plan_id, id=parent_id).first()
    if parent is None or parent.kind not in FITS.get(ItemKind(item.kind), ()):
        raise Refused(_("This line can’t stand there."))
    if not item._state.adding and item.id in _ancestors(item, parent_id):
        raise Refused(_("A line can’t stand under itself."))


FITS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.GOAL: (ItemKind.GOAL,),
    ItemKind.OBJECTIVE: (ItemKind.GOAL,),
    ItemKind.INTERVENTION: (ItemKind.GOAL, ItemKind.OBJECTIVE),
}
"""Under what each kind may stand."""


def _ancestors(item: Item, parent_id: UUID) -> set[UUID]:
    rows = Standing.objects.filter(client_id=item.client_id, plan_id=item.plan_id)
    revision_ids = {row_id for row in rows for row_id in (row.highest_id, row.in_force_id) if row_id}
    above: dict[UUID, set[UUID]] = {}
    for child, parent in ItemRevision.objects.filter(id__in=revision_ids).values_list("item_id", "parent_id"):
        above.setdefault(child, set()).update({parent} if parent else set())
    found, todo = set(), {parent_id}
    while todo:
        found |= todo
        todo = {parent for child in todo for parent in above.get(child, set())} - found
    return found


def _new_item(plan: Plan, content: Content, author: Author) -> Item:
    items = Item.objects.filter(client_id=plan.client_id, plan=plan)
    item = Item(
        id=uuid7(),
        client_id=plan.client_id,
        practice_id=plan.practice_id,
        plan=plan,
        kind=content.kind,
        statement_type=content.statement_type if isinstance(content, StatementContent) else "",
        position=items.count(),
        created_at=author.at,
        created_by_id=author.person_id,
    )
    ensure_tree(item=item, parent_id=getattr(content, "parent", None))
    item.save(force_insert=True)
    return item


def proposed(*, item: Item, revision: ItemRevision, kind: str) -> ItemRevision:
    """Returns a wording that was just written, with its author's yes where it is theirs to give, and its event."""
    yes_by_proposing(item=item, revision=revision)
    if revision.raised_over_id is not None:
        _tell(item, revision, "item.raised_again")
    _tell(item, revision, "item.dictated" if revision.dictated else kind)
    return revision


def _tell(item: Item, revision: ItemRevision, kind: str) -> None:
    detail = {"revision": str(revision.id), "sha256": revision.sha256}
    if revision.raised_over_id is not None:
        detail["over"] = str(revision.raised_over_id)
    record(kind=kind, client_id=item.client_id, object_type="item", object_id=item.id, after=item.kind, detail=detail)


def _over(*, plan: Plan, item_id: UUID | None, content: Content, author: Author, raise_anyway: bool) -> UUID | None:
    if not is_staff(author.role):
        return None
    return raised_over(plan=plan, item_id=item_id, content=content, at=author.at, raise_anyway=raise_anyway)


def _same_line(plan: Plan, content: Content) -> ItemRevision | None:
    lines = Item.objects.filter(client_id=plan.client_id, plan=plan, kind=content.kind)
    if isinstance(content, StatementContent):
        lines = lines.filter(statement_type=content.statement_type)
    same = ItemRevision.objects.filter(client_id=plan.client_id, item__in=lines, content=content.canonical())
    rows = Standing.objects.filter(item_id__in=list(same.values_list("item_id", flat=True)))
    return same.filter(id__in=[row.highest_id for row in rows if _counts(row)]).order_by("id").first()


def _counts(standing: Standing) -> bool:
    return standing.highest_id in (standing.open_id, standing.in_force_id)


def _ensure_fits(item: Item, content: Content) -> None:
    same_type = not isinstance(content, StatementContent) or content.statement_type == item.statement_type
    if content.kind != item.kind or not same_type:
        raise Refused(_("A line keeps its kind. Propose a new line instead."))
    ensure_tree(item=item, parent_id=getattr(content, "parent", None))


def _ensure_latest(item: Item, base: int, latest: ItemRevision, yours: Content) -> None:
    if latest.number == base:
        return
    theirs = content_of(item.kind, latest.content or {}, statement_type=item.statement_type)
    raise Conflict(
        "Somebody wrote another wording meanwhile. Here are both; nothing of yours is lost.",
        item_id=item.id,
        theirs=theirs,
        yours=yours,
        latest_id=latest.id,
        latest_number=latest.number,
    )


def _own_words_only(content: Content) -> bool:
    return set(content.canonical()) <= {"client_words"}


def _only_own_words_change(content: Content, latest: Latest) -> bool:
    before = dict(latest.counts.content or {})
    after = content.canonical()
    return {**before, "client_words": ""} == {**after, "client_words": ""}
