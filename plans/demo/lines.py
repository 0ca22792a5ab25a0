"""The demo's lines as typed content and answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from plans.content import Content, GoalContent, InterventionContent, ObjectiveContent, StatementContent
from plans.content.rhythm import DoerContent, Duration, Frequency
from plans.kinds import ItemKind
from plans.models import ItemRevision
from plans.services.sheets import SheetAnswer, SheetWriting

Line = dict[str, Any]


def writing(line: Line, today: date) -> SheetWriting:
    """A line to write on the sheet, under its parent's key."""
    return SheetWriting(content=content(line, today), key=line["key"], parent_key=line.get("parent", ""))


def content(line: Line, today: date) -> Content:
    """The typed content of a line; dates count from today."""
    by = in_weeks(line.get("in_weeks"), today)
    match ItemKind(line["kind"]):
        case ItemKind.STATEMENT:
            return StatementContent(line["statement_type"], client_words=line.get("client_words", ""), on=by)
        case ItemKind.GOAL:
            return GoalContent(
                client_words=line["client_words"],
                clinical_wording=line.get("clinical_wording", ""),
                life_area=line["life_area"],
                importance=line["importance"],
                confidence=line["confidence"],
                start=today,
                target_date=by,
            )
        case ItemKind.OBJECTIVE:
            named = {name: line.get(name, "") for name in ("measure", "baseline", "target")}
            return ObjectiveContent(behaviour=line["behaviour"], by=by, **named)
        case ItemKind.INTERVENTION:
            return _intervention(line)


def answer(line: Line, revision: ItemRevision, today: date) -> SheetAnswer:
    """What the client said to the line."""
    changed = _intervention({**line, "what": line["wording"]}, revision) if "wording" in line else None
    return SheetAnswer(
        revision_id=revision.id,
        choice=line["answer"],
        until=in_weeks(line.get("in_weeks_until"), today),
        until_raised=line.get("until_raised", False),
        wording=changed,
    )


def in_weeks(weeks: int | None, today: date) -> date | None:
    """The day so many weeks from today."""
    return today + timedelta(weeks=weeks) if weeks else None


def _intervention(line: Line, under: ItemRevision | None = None) -> InterventionContent:
    return InterventionContent(
        what=line["what"],
        doer=DoerContent(line["doer"]),
        modality=line.get("modality", ""),
        frequency=Frequency(line["unit"], every=line.get("every", 1), minutes=line.get("minutes")),
        duration=Duration(line["count"], line["of"]) if "count" in line else None,
        parent=under.parent_id if under else None,
    )
