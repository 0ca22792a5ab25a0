"""Answering: the four answers, by one's own hand or as recorded in the room (PLAN-4, PLAN-5e, PLAN-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.canonical import clean_text
from careplan.errors import Conflict, Refused
from careplan.ledger import record
from plans.content import Content, content_of
from plans.kinds import RECORDED_HOW, Choice, How, Role
from plans.models import Answer, Item, ItemRevision, Plan, Sheet, SheetLine, Standing
from plans.selectors.acting import is_staff, role_of
from plans.services.head import changing, ensure_may_propose, find, person_of, running_plan
from plans.services.revisions import Author, Latest, is_asked, write_revision, yes_by_proposing
from plans.services.said import Said, same_as_last, write_answer
from plans.services.versions import settle

SAME_WORDS = _("These are the same words. Choose “Yes”, or change them.")


@dataclass(frozen=True)
class Given:
    """One answer as it comes from a page: whose, which, in what words, until when, with which wording instead."""

    revision_id: UUID
    choice: str
    person_id: UUID
    how: str
    sheet_id: UUID | None = None
    present: tuple[str, ...] = ()
    words: str = ""
    until: date | None = None
    until_raised: bool = False
    wording: Content | None = None


def answer_item(
    *,
    revision_id: UUID,
    choice: str,
    by: Actor,
    person_id: UUID | None = None,
    how: str | None = None,
    sheet_id: UUID | None = None,
    present: Sequence[str] = (),
    words: str = "",
    until: date | None = None,
    until_raised: bool = False,
    wording: Content | None = None,
) -> Answer:
    """Returns the stored answer, `by`'s own or one recorded for `person_id` on an open sheet.

    `yes_with_changes` brings its `wording`, which becomes the open proposal. Raises Refused, or Conflict when these
    words were replaced meanwhile. The same answer twice is one answer.
    """
    revision = find(ItemRevision, revision_id)
    own = person_id is None or person_id == by.person_id
    given = Given(
        revision_id=revision_id,
        choice=choice,
        person_id=person_id or person_of(by),
        how=how or _usual_how(revision, by, own=own, sheet_id=sheet_id),
        sheet_id=sheet_id,
        present=tuple(clean_text(each) for each in present),
        words=clean_text(words),
        until=until,
        until_raised=until_raised,
        wording=wording,
    )
    with changing(revision.client_id) as at:
        answer = take_answer(given=given, by=by, at=at)
        settle(plan=find(Plan, answer.item.plan_id), cause="answer", at=at)
        return answer


def take_answer(*, given: Given, by: Actor, at: datetime) -> Answer:
    """Returns one stored answer, with its event and the wording it carries; the caller holds the head and settles."""
    revision = find(ItemRevision, given.revision_id)
    item = revision.item
    running_plan(item.plan_id)
    standing = Standing.objects.get(client_id=item.client_id, item_id=item.id)
    said = _said(item.client_id, given, by, at)
    repeat = same_as_last(revision, said)
    if repeat is not None and _carried_already(given, standing):
        return repeat
    _ensure_answerable(revision, standing)
    if repeat is not None and given.choice != Choice.YES_WITH_CHANGES:
        return repeat
    _ensure_sound(revision, said, given)
    answer = write_answer(item=item, revision=revision, said=said)
    _tell(answer)
    if given.choice == Choice.YES_WITH_CHANGES and given.wording is not None:
        _carry(item=item, standing=standing, wording=given.wording, said=said, by=by)
    return answer


def can_answer(standing: Standing, revision_id: UUID) -> bool:
    """Says whether a wording still takes answers: it is in force, or nothing newer was proposed."""
    return revision_id in (standing.highest_id, standing.in_force_id)


def _ensure_answerable(revision: ItemRevision, standing: Standing) -> None:
    if can_answer(standing, revision.id):
        return
    latest = ItemRevision.objects.get(id=standing.highest_id)
    raise Conflict(
        "These words were replaced meanwhile. Here are the words that count now.",
        item_id=revision.item_id,
        theirs=_content(latest),
        yours=_content(revision),
        latest_id=latest.id,
        latest_number=latest.number,
    )


def _ensure_sound(revision: ItemRevision, said: Said, given: Given) -> None:
    if given.choice not in Choice.values:
        raise Refused(_("Choose one of the four answers."))
    if not is_asked(revision, said.person_id, said.role):
        raise Refused(_("This answer isn’t yours to give: somebody else is asked about these words."))
    if said.recorded_by is not None:
        _ensure_recordable(said)
    if is_staff(said.role):
        _ensure_staff_answer(said)
    if given.choice == Choice.YES_WITH_CHANGES:
        _ensure_wording(revision, given)
    if given.until is not None and given.choice != Choice.NOT_NOW:
        raise Refused(_("Only “Not now” has a date."))
    if given.until_raised and given.choice not in (Choice.NOT_NOW, Choice.NO):
        raise Refused(_("Only “Not now” and “No thanks” can wait until they bring it up."))


def _ensure_recordable(said: Said) -> None:
    if is_staff(said.role):
        raise Refused(_("Nobody can give a colleague’s answer. They answer for themselves."))
    sheet = find(Sheet, said.sheet_id) if said.sheet_id else None
    if sheet is None or sheet.closed_at is not None:
        raise Refused(_("Answers are written down on an open sheet. Open one first."))
    if said.how not in RECORDED_HOW:
        raise Refused(_("Say how the answer was given."))


def _ensure_staff_answer(said: Said) -> None:
    if said.choice == Choice.NOT_NOW:
        raise Refused(_("Answer yes, suggest a wording, or say no with a reason."))
    if said.choice == Choice.NO and not said.words:
        raise Refused(_("Say why not: the client reads your reason."))


def _ensure_wording(revision: ItemRevision, given: Given) -> None:
    if given.wording is None:
        raise Refused(_("Write down the words it should have instead."))
    if given.wording.kind != revision.item.kind or given.wording.canonical() == revision.content:
        raise Refused(SAME_WORDS)


def _said(client_id: UUID, given: Given, by: Actor, at: datetime) -> Said:
    own = given.person_id == by.person_id
    return Said(
        person_id=given.person_id,
        role=role_of(client_id, given.person_id),
        choice=given.choice,
        how=given.how,
        at=at,
        words=given.words,
        until=given.until,
        until_raised=given.until_raised,
        recorded_by=None if own else person_of(by),
        sheet_id=given.sheet_id,
        present=given.present,
    )


def _carried_already(given: Given, standing: Standing) -> bool:
    if given.choice != Choice.YES_WITH_CHANGES or given.wording is None:
        return False
    return ItemRevision.objects.get(id=standing.highest_id).content == given.wording.canonical()


def _carry(*, item: Item, standing: Standing, wording: Content, said: Said, by: Actor) -> ItemRevision:
    """Opens the wording that a “yes, with changes” brings: the client's own, or written down as they said it."""
    recorded = said.recorded_by is not None
    if not recorded:
        ensure_may_propose(item.client_id, by)
    author = Author(
        person_id=person_of(by),
        role=role_of(item.client_id, person_of(by)),
        at=said.at,
        sheet_id=said.sheet_id,
        dictated=recorded,
    )
    revision = write_revision(item=item, content=wording, author=author, latest=latest_of(standing))
    if not recorded:
        yes_by_proposing(item=item, revision=revision)
    if said.sheet_id is not None:
        SheetLine.objects.filter(sheet_id=said.sheet_id, item=item).update(revision=revision)
    record(
        kind="item.dictated" if recorded else "item.reworded",
        client_id=item.client_id,
        object_type="item",
        object_id=item.id,
        detail={"revision": str(revision.id), "sha256": revision.sha256},
    )
    return revision


def latest_of(standing: Standing) -> Latest:
    """Returns the wordings that a new one of this item is measured against. One query."""
    found = ItemRevision.objects.in_bulk([standing.highest_id, *filter(None, [standing.in_force_id])])
    return Latest(
        highest=found[standing.highest_id],
        in_force=found[standing.in_force_id] if standing.in_force_id else None,
    )


def _tell(answer: Answer) -> None:
    record(
        kind="item.answered" if answer.recorded_by_id is None else "item.answer_recorded",
        client_id=answer.client_id,
        object_type="item",
        object_id=answer.item_id,
        after=answer.choice,
        detail={
            "revision": str(answer.revision_id),
            "answer": str(answer.id),
            "sha256": answer.sha256,
            "how": answer.how,
        },
        on_behalf_of=answer.person_id if answer.recorded_by_id else None,
    )


def _usual_how(revision: ItemRevision, by: Actor, *, own: bool, sheet_id: UUID | None) -> str:
    if not own:
        sheet = find(Sheet, sheet_id) if sheet_id else None
        return sheet.how if sheet else How.SAID_IN_SESSION
    role: Role = role_of(revision.client_id, person_of(by))
    return How.OWN_HAND_PRACTICE if is_staff(role) else How.OWN_HAND_PORTAL


def _content(revision: ItemRevision) -> Content:
    item = revision.item
    return content_of(item.kind, revision.content or {}, statement_type=item.statement_type)
