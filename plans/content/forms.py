"""Contents out of flat fields, as a form or an API posts them; the same words give the same content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from plans.content.kinds import (
    Content,
    ContentRefused,
    GoalContent,
    InterventionContent,
    ObjectiveContent,
    StatementContent,
)
from plans.content.rhythm import DoerContent, Duration, Frequency
from plans.kinds import Doer, ItemKind

Read = TypeVar("Read")


def content_from_form(kind: str, data: Mapping[str, Any]) -> Content:
    """Returns the content of flat fields (texts, or already cleaned values). Raises ContentRefused by field.

    Intervention: what, doer, doer_person, modality, qualification, every, unit, times, minutes, duration_count,
    duration_unit, objectives, benefits, burdens, evidence_note, parent. The others: the names of their fields.
    """
    fields = _Fields(data)
    match ItemKind(kind):
        case ItemKind.STATEMENT:
            return StatementContent(fields.text("statement_type"), fields.text("client_words"), fields.day("on"))
        case ItemKind.GOAL:
            return _goal(fields)
        case ItemKind.OBJECTIVE:
            return _objective(fields)
        case ItemKind.INTERVENTION:
            return _intervention(fields)


def _goal(fields: _Fields) -> GoalContent:
    return GoalContent(
        client_words=fields.text("client_words"),
        clinical_wording=fields.text("clinical_wording"),
        expressed_by=fields.text("expressed_by"),
        life_area=fields.text("life_area"),
        importance=fields.whole("importance"),
        confidence=fields.whole("confidence"),
        start=fields.day("start"),
        target_date=fields.day("target_date"),
        visibility=fields.text("visibility"),
        parent=fields.row("parent"),
    )


def _objective(fields: _Fields) -> ObjectiveContent:
    return ObjectiveContent(
        behaviour=fields.text("behaviour"),
        measure=fields.text("measure"),
        baseline=fields.text("baseline"),
        target=fields.text("target"),
        by=fields.day("by"),
        parent=fields.row("parent"),
    )


def _intervention(fields: _Fields) -> InterventionContent:
    return InterventionContent(
        what=fields.text("what"),
        doer=DoerContent(fields.text("doer") or Doer.THERAPIST, fields.row("doer_person")),
        modality=fields.text("modality"),
        qualification=fields.text("qualification"),
        frequency=_frequency(fields),
        duration=_duration(fields),
        objectives=fields.rows("objectives"),
        benefits=fields.text("benefits"),
        burdens=fields.text("burdens"),
        evidence_note=fields.text("evidence_note"),
        parent=fields.row("parent"),
    )


def _frequency(fields: _Fields) -> Frequency | None:
    unit = fields.text("unit")
    every, times, minutes = fields.whole("every"), fields.whole("times"), fields.whole("minutes")
    if not unit:
        if every or times or minutes:
            raise ContentRefused({"unit": "Say how often: a day, a week, a month."})
        return None
    return Frequency(unit=unit, every=1 if every is None else every, times=times, minutes=minutes)


def _duration(fields: _Fields) -> Duration | None:
    count, unit = fields.whole("duration_count"), fields.text("duration_unit")
    return None if count is None else Duration(count, unit or "sessions")


class _Fields:
    """Flat fields, each read as what it should be."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def text(self, name: str) -> str:
        value = self.data.get(name)
        return "" if value is None else str(getattr(value, "value", value))

    def whole(self, name: str) -> int | None:
        return self._read(name, int, "Give a whole number.")

    def day(self, name: str) -> date | None:
        return self._read(name, date.fromisoformat, "Give a date.")

    def row(self, name: str) -> UUID | None:
        return self._read(name, UUID, "Choose one of these.")

    def rows(self, name: str) -> tuple[UUID, ...]:
        listed = self.data.get(name) or ()
        values: Sequence[Any] = (listed,) if isinstance(listed, str | UUID) else tuple(listed)
        try:
            return tuple(UUID(str(value)) for value in values)
        except ValueError:
            raise ContentRefused({name: "Choose from these."}) from None

    def _read(self, name: str, read: Callable[[str], Read], sentence: str) -> Read | None:
        text = self.text(name).strip()
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            raise ContentRefused({name: sentence}) from None
