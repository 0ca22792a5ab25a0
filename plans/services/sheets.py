"""The sheet in the room: opened, written, answered, turned to the client and back, closed (PLAN-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.actor import Actor
from careplan.canonical import clean_text
from careplan.errors import Refused
from careplan.ids import uuid7
from careplan.ledger import record
from plans.content import Content, with_parent
from plans.kinds import RECORDED_HOW, Copy, SheetKind
from plans.models import Answer, Item, ItemRevision, Plan, Sheet, SheetLine, Standing
from plans.selectors.people import deciders_of
from plans.services.answers import Given, take_answer
from plans.services.head import changing, ensure_may_propose, find, person_of, running_plan
from plans.services.items import add_item, add_revision
from plans.services.joined import ask_who_joined
from plans.services.off_table import OffTheTable
from plans.services.versions import settle


@dataclass(frozen=True)
class SheetWriting:
    """One line to write down: a new one, or a new wording of `item_id` written on number `base`.

    `key` names a new line, so that another line of the same sheet can stand under it by `parent_key`.
    """

    content: Content
    item_id: UUID | None = None
    base: int | None = None
    key: str = ""
    parent_key: str = ""
    why: str = ""
    raise_anyway: bool = False


@dataclass(frozen=True)
class SheetAnswer:
    """One answer on a sheet; without `person_id` the record's only decider's, without `how` as for the sheet."""

    revision_id: UUID
    choice: str
    person_id: UUID | None = None
    how: str | None = None
    words: str = ""
    until: date | None = None
    until_raised: bool = False
    wording: Content | None = None


def open_sheet(*, plan_id: UUID, kind: str, how: str, by: Actor, present: Sequence[str] = ()) -> Sheet:
    """Returns the plan's open sheet, opening one when there is none; open and agreed lines stand on it already.

    A review asks whoever joined those who decide about what was agreed before (PLAN-5a).
    """
    plan = find(Plan, plan_id)
    _ensure_how(how)
    with changing(plan.client_id) as at:
        plan = running_plan(plan_id)
        there = Sheet.objects.filter(client_id=plan.client_id, plan=plan, closed_at=None).first()
        if there is not None:
            return there
        if kind not in SheetKind.values or (kind == SheetKind.FIRST_PLAN and plan.activated_at is not None):
            raise Refused("The first plan is made already. Open a review instead.")
        sheet = Sheet.objects.create(
            id=uuid7(),
            client_id=plan.client_id,
            practice_id=plan.practice_id,
            plan=plan,
            kind=kind,
            opened_at=at,
            opened_by_id=person_of(by),
            how=how,
            present=[clean_text(each) for each in present],
        )
        if kind == SheetKind.REVIEW:
            ask_who_joined(plan=plan, sheet_id=sheet.id, by=by, at=at)
            settle(plan=plan, cause="review", at=at)
        _put_on_sheet(sheet, plan)
        _tell(sheet, "sheet.opened", after=kind)
        return sheet


def write_sheet(*, sheet_id: UUID, lines: Sequence[SheetWriting], by: Actor) -> list[ItemRevision]:
    """Returns the wordings written down on an open sheet, in the order given; all of them, or none.

    The client's own words become dictation, which counts only by the client's answer; the rest is the writer's.
    """
    sheet = find(Sheet, sheet_id)
    with changing(sheet.client_id) as at:
        ensure_may_propose(sheet.client_id, by)
        sheet = _open(sheet_id)
        named: dict[str, UUID] = {}
        written = [_write_named_line(sheet, line, named, by, at) for line in lines]
        settle(plan=find(Plan, sheet.plan_id), cause="sheet_written", at=at)
        return written


def answer_sheet(*, sheet_id: UUID, answers: Sequence[SheetAnswer], by: Actor) -> list[Answer]:
    """Returns the answers written down, all or none.

    Raises Conflict when one of the wordings was replaced meanwhile, Refused for the rest.
    """
    sheet = find(Sheet, sheet_id)
    with changing(sheet.client_id) as at:
        sheet = _open(sheet_id)
        taken = [take_answer(given=_given(sheet, each), by=by, at=at) for each in answers]
        settle(plan=find(Plan, sheet.plan_id), cause="sheet_answered", at=at)
        return taken


def change_sheet(*, sheet_id: UUID, how: str, present: Sequence[str], by: Actor) -> Sheet:
    """Returns the sheet with how answers are given and who is there, as told now."""
    _ensure_how(how)
    sheet = find(Sheet, sheet_id)
    with changing(sheet.client_id):
        sheet = _open(sheet_id)
        sheet.how, sheet.present = how, [clean_text(each) for each in present]
        sheet.save(update_fields=["how", "present"])
        _tell(sheet, "sheet.changed", after=how)
        person_of(by)
        return sheet


def turn_sheet(*, sheet_id: UUID, by: Actor) -> Sheet:
    """Returns the sheet in the client's hands: from now on the device reaches nothing else."""
    sheet = find(Sheet, sheet_id)
    with changing(sheet.client_id) as at:
        sheet = _open(sheet_id)
        if is_turned(sheet):
            return sheet
        sheet.turned_at, sheet.turned_by_id = at, person_of(by)
        sheet.handed_back_at = sheet.handed_back_by_id = None
        sheet.save(update_fields=["turned_at", "turned_by", "handed_back_at", "handed_back_by"])
        _tell(sheet, "sheet.turned")
        return sheet


def hand_back(*, sheet_id: UUID, by: Actor) -> Sheet:
    """Returns the sheet after the client gave the device back."""
    sheet = find(Sheet, sheet_id)
    with changing(sheet.client_id) as at:
        sheet.refresh_from_db()
        if not is_turned(sheet):
            return sheet
        sheet.handed_back_at, sheet.handed_back_by_id = at, person_of(by)
        sheet.save(update_fields=["handed_back_at", "handed_back_by"])
        _tell(sheet, "sheet.handed_back")
        return sheet


def close_sheet(*, sheet_id: UUID, by: Actor) -> Sheet:
    """Returns the sheet, closed: nothing more is written or answered on it."""
    sheet = find(Sheet, sheet_id)
    with changing(sheet.client_id) as at:
        sheet.refresh_from_db()
        if sheet.closed_at is not None:
            return sheet
        if is_turned(sheet):
            raise Refused("The device is still turned to the client. Take it back first.")
        sheet.closed_at, sheet.closed_by_id = at, person_of(by)
        sheet.save(update_fields=["closed_at", "closed_by"])
        _tell(sheet, "sheet.closed")
        return sheet


def record_copy(*, sheet_id: UUID, copy: str, by: Actor) -> Sheet:
    """Returns the sheet with what became of the printed copy that was offered: taken or not."""
    if copy not in (Copy.TAKEN, Copy.NOT_TAKEN):
        raise Refused("Say whether the copy was taken.")
    sheet = find(Sheet, sheet_id)
    with changing(sheet.client_id) as at:
        sheet.refresh_from_db()
        if sheet.copy == copy:
            return sheet
        before, sheet.copy, sheet.copy_at, sheet.copy_by_id = sheet.copy, copy, at, person_of(by)
        sheet.save(update_fields=["copy", "copy_at", "copy_by"])
        _tell(sheet, "sheet.copy", before=before, after=copy)
        return sheet


def is_turned(sheet: Sheet) -> bool:
    """Says whether the device is in the client's hands."""
    return sheet.turned_at is not None and sheet.handed_back_at is None


def _ensure_how(how: str) -> None:
    if how not in RECORDED_HOW:
        raise Refused("Say how the answers are given.")


def _open(sheet_id: UUID) -> Sheet:
    sheet = find(Sheet, sheet_id)
    if sheet.closed_at is not None:
        raise Refused("This sheet is closed. Open a new one to go on.")
    running_plan(sheet.plan_id)
    return sheet


def _put_on_sheet(sheet: Sheet, plan: Plan) -> None:
    rows = Standing.objects.filter(client_id=plan.client_id, plan_id=plan.id).order_by("position", "item_id")
    newest = [(row.item_id, row.open_id or row.in_force_id) for row in rows]
    shown = [(item_id, revision_id) for item_id, revision_id in newest if revision_id]
    SheetLine.objects.bulk_create(
        SheetLine(
            id=uuid7(),
            client_id=sheet.client_id,
            practice_id=sheet.practice_id,
            sheet=sheet,
            item_id=item_id,
            revision_id=revision_id,
            position=position,
        )
        for position, (item_id, revision_id) in enumerate(shown)
    )


def _write_named_line(
    sheet: Sheet, line: SheetWriting, named: dict[str, UUID], by: Actor, at: datetime
) -> ItemRevision:
    try:
        return _write_line(sheet, line, named, by, at)
    except OffTheTable as off:
        off.line = line.key
        raise


def _write_line(sheet: Sheet, line: SheetWriting, named: dict[str, UUID], by: Actor, at: datetime) -> ItemRevision:
    content = with_parent(line.content, named[line.parent_key]) if line.parent_key else line.content
    if line.item_id is None:
        revision = add_item(
            plan=find(Plan, sheet.plan_id),
            content=content,
            by=by,
            at=at,
            sheet_id=sheet.id,
            why=line.why,
            raise_anyway=line.raise_anyway,
        )
    else:
        revision = add_revision(
            item=find(Item, line.item_id),
            base=line.base or 0,
            content=content,
            by=by,
            at=at,
            sheet_id=sheet.id,
            why=line.why,
            raise_anyway=line.raise_anyway,
        )
    if line.key:
        named[line.key] = revision.item_id
    _show(sheet, revision)
    return revision


def _show(sheet: Sheet, revision: ItemRevision) -> None:
    lines = SheetLine.objects.filter(client_id=sheet.client_id, sheet=sheet)
    if lines.filter(item_id=revision.item_id).update(revision=revision):
        return
    SheetLine.objects.create(
        id=uuid7(),
        client_id=sheet.client_id,
        practice_id=sheet.practice_id,
        sheet=sheet,
        item_id=revision.item_id,
        revision=revision,
        position=lines.count(),
    )


def _given(sheet: Sheet, answer: SheetAnswer) -> Given:
    return Given(
        revision_id=answer.revision_id,
        choice=answer.choice,
        person_id=answer.person_id or _only_decider(sheet.client_id),
        how=answer.how or sheet.how,
        sheet_id=sheet.id,
        present=tuple(sheet.present),
        words=clean_text(answer.words),
        until=answer.until,
        until_raised=answer.until_raised,
        wording=answer.wording,
    )


def _only_decider(client_id: UUID) -> UUID:
    deciders = [decider for decider in deciders_of(client_id) if decider.voice == "decides"]
    if len(deciders) != 1:
        raise Refused("Say whose answer this is: more than one person decides here.")
    return deciders[0].person_id


def _tell(sheet: Sheet, kind: str, *, before: str = "", after: str = "") -> None:
    record(
        kind=kind,
        client_id=sheet.client_id,
        object_type="sheet",
        object_id=sheet.id,
        before=before,
        after=after,
        detail={"how": sheet.how},
    )
