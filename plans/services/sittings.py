"""What was said at one sitting: words, answers, who was there and the printed copy, all of it or nothing (PLAN-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from careplan.access.actor import Actor
from plans.kinds import Choice, How
from plans.models import ItemRevision, Sheet
from plans.services.head import find
from plans.services.sheets import (
    SheetAnswer,
    SheetWriting,
    answer_sheet,
    change_sheet,
    record_copy,
    write_sheet,
)


@dataclass(frozen=True)
class SittingLine:
    """One line: the wording that was read, new words for it, the client's answer, and the therapist's own yes.

    The answer goes to the new words when there are any; its `revision_id` is filled in then.
    """

    revision_id: UUID | None = None
    writing: SheetWriting | None = None
    answer: SheetAnswer | None = None
    mine: bool = False


@dataclass(frozen=True)
class Sitting:
    """The sheet as it lay there when it was saved; an empty `how` or `copy` says nothing about it."""

    lines: Sequence[SittingLine]
    how: str = ""
    present: tuple[str, ...] = ()
    copy: str = ""


def save_sitting(*, sheet_id: UUID, sitting: Sitting, by: Actor) -> None:
    """Writes down everything of one sitting, or nothing.

    Raises Conflict when a wording was replaced meanwhile, OffTheTable, and Refused for the rest.
    """
    with transaction.atomic():
        _say_how(find(Sheet, sheet_id), sitting, by)
        written = _write(sheet_id, sitting.lines, by)
        answers = [answer for line in sitting.lines for answer in _answers(line, written, by)]
        if answers:
            answer_sheet(sheet_id=sheet_id, answers=answers, by=by)
        if sitting.copy:
            record_copy(sheet_id=sheet_id, copy=sitting.copy, by=by)


def _say_how(sheet: Sheet, sitting: Sitting, by: Actor) -> None:
    how, present = sitting.how or sheet.how, list(sitting.present)
    if (how, present) != (sheet.how, sheet.present):
        change_sheet(sheet_id=sheet.id, how=how, present=present, by=by)


def _write(sheet_id: UUID, lines: Sequence[SittingLine], by: Actor) -> dict[int, ItemRevision]:
    typed = [line for line in lines if line.writing is not None]
    if not typed:
        return {}
    writings = [line.writing for line in typed if line.writing is not None]
    written = write_sheet(sheet_id=sheet_id, lines=writings, by=by)
    return {id(line): revision for line, revision in zip(typed, written, strict=True)}


def _answers(line: SittingLine, written: dict[int, ItemRevision], by: Actor) -> list[SheetAnswer]:
    revision_id = written[id(line)].id if id(line) in written else line.revision_id
    found = []
    if line.answer is not None and revision_id is not None:
        found.append(replace(line.answer, revision_id=revision_id))
    if line.mine and revision_id is not None:
        how = How.OWN_HAND_PRACTICE
        found.append(SheetAnswer(revision_id=revision_id, choice=Choice.YES, person_id=by.person_id, how=how))
    return found
