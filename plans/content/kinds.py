"""The four kinds of content, each frozen, clean from the start, and told apart by `kind`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from careplan.canonical import clean_text, plain
from plans.content.checks import ContentRefused, between, refuse_if, said
from plans.content.rhythm import DoerContent, Duration, Frequency
from plans.kinds import Doer, ExpressedBy, ItemKind, LifeArea, StatementType, Visibility

NOUGHT_TO_TEN = "Give a number from 0 to 10."
BY_THE_THERAPIST = DoerContent(Doer.THERAPIST)
LEFT_OUT: tuple[Any, ...] = (None, "", ())

__all__ = [
    "Content",
    "ContentRefused",
    "GoalContent",
    "InterventionContent",
    "ObjectiveContent",
    "StatementContent",
    "content_of",
    "with_client_words",
    "with_parent",
    "with_words",
]


class _Clean:
    """Cleans every text when it is made, and leaves blanks out of the canonical form."""

    kind: ClassVar[ItemKind]

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, clean_text(str.__str__(value)))
        self.check()

    def check(self) -> None:
        """Raises ContentRefused when something can't stand."""

    def canonical(self) -> dict[str, Any]:
        """Returns the content as jsonb keeps it and the hash covers it: blanks left out."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        return {name: _written(value) for name, value in found.items() if value not in LEFT_OUT}


@dataclass(frozen=True)
class StatementContent(_Clean):
    """A statement: the client's words, or for *Look again on* a date."""

    kind: ClassVar[ItemKind] = ItemKind.STATEMENT
    statement_type: str
    client_words: str = ""
    on: date | None = None

    def check(self) -> None:
        dated = self.statement_type == StatementType.LOOK_AGAIN
        refuse_if(
            {
                "statement_type": said(self.statement_type not in StatementType.values, "Choose what this is about."),
                "client_words": said(not dated and not self.client_words, "Write down what was said.")
                or said(dated and bool(self.client_words), "This line holds a date only."),
                "on": said(dated and self.on is None, "Give a date.")
                or said(not dated and self.on is not None, "This line holds words only."),
            }
        )

    def canonical(self) -> dict[str, Any]:
        """Returns the words or the date; the type belongs to the item."""
        return {name: value for name, value in super().canonical().items() if name != "statement_type"}


@dataclass(frozen=True)
class GoalContent(_Clean):
    """A goal: the client's own words, the clinical wording beside them, and how it is framed."""

    kind: ClassVar[ItemKind] = ItemKind.GOAL
    client_words: str = ""
    clinical_wording: str = ""
    expressed_by: str = ""
    life_area: str = ""
    importance: int | None = None
    confidence: int | None = None
    start: date | None = None
    target_date: date | None = None
    visibility: str = ""
    parent: UUID | None = None

    def check(self) -> None:
        ends_early = bool(self.start and self.target_date and self.target_date < self.start)
        refuse_if(
            {
                "client_words": said(not (self.client_words or self.clinical_wording), "Write the goal down."),
                "expressed_by": said(self.expressed_by not in ("", *ExpressedBy.values), "Choose one of these."),
                "life_area": said(self.life_area not in LifeArea.values, "Choose one of these."),
                "importance": said(not between(self.importance, 0, 10), NOUGHT_TO_TEN),
                "confidence": said(not between(self.confidence, 0, 10), NOUGHT_TO_TEN),
                "target_date": said(ends_early, "Give a date after the start."),
                "visibility": said(self.visibility not in ("", *Visibility.values), "Choose one of these."),
            }
        )


@dataclass(frozen=True)
class ObjectiveContent(_Clean):
    """An objective: what would be seen, measured how, from where to where, by when."""

    kind: ClassVar[ItemKind] = ItemKind.OBJECTIVE
    behaviour: str
    measure: str = ""
    baseline: str = ""
    target: str = ""
    by: date | None = None
    parent: UUID | None = None

    def check(self) -> None:
        refuse_if({"behaviour": said(not self.behaviour, "Write down what you would see.")})


@dataclass(frozen=True)
class InterventionContent(_Clean):
    """What we'll do: how often, for how long, who does it, for which objectives, good and hard about it."""

    kind: ClassVar[ItemKind] = ItemKind.INTERVENTION
    what: str
    doer: DoerContent = BY_THE_THERAPIST
    modality: str = ""
    frequency: Frequency | None = None
    duration: Duration | None = None
    objectives: tuple[UUID, ...] = ()
    benefits: str = ""
    burdens: str = ""
    evidence_note: str = ""
    parent: UUID | None = None
    qualification: str = ""

    def check(self) -> None:
        refuse_if({"what": said(not self.what, "Write down what you’ll do.")})


Content = StatementContent | GoalContent | ObjectiveContent | InterventionContent


def content_of(kind: str, data: Mapping[str, Any], *, statement_type: str = "") -> Content:
    """Returns the typed content of a stored canonical form."""
    match ItemKind(kind):
        case ItemKind.STATEMENT:
            return StatementContent(statement_type, **_read(data, on=date.fromisoformat))
        case ItemKind.GOAL:
            return GoalContent(**_read(data, start=date.fromisoformat, target_date=date.fromisoformat, parent=UUID))
        case ItemKind.OBJECTIVE:
            return ObjectiveContent(**_read(data, by=date.fromisoformat, parent=UUID))
        case ItemKind.INTERVENTION:
            return InterventionContent(
                **_read(
                    data,
                    doer=lambda d: DoerContent(d["who"], UUID(d["person"]) if "person" in d else None),
                    frequency=lambda f: Frequency(**f),
                    duration=lambda d: Duration(**d),
                    objectives=lambda ids: tuple(map(UUID, ids)),
                    parent=UUID,
                )
            )


def with_parent(content: Content, parent: UUID | None) -> Content:
    """Returns the same content under another parent; a statement has none."""
    if isinstance(content, StatementContent):
        raise ContentRefused({"parent": "A statement stands by itself."})
    return replace(content, parent=parent)


def with_client_words(content: Content, words: str) -> Content:
    """Returns the same content with other words of the client: of a statement or a goal."""
    if not isinstance(content, StatementContent | GoalContent):
        raise ContentRefused({"client_words": "This line has no words of the client’s own."})
    return replace(content, client_words=words)


def with_words(content: Content, words: Any, *, clinical: bool = False) -> Content:
    """Returns the content with the words somebody would have instead: “yes, with changes”. A day for *look again on*.

    `clinical` changes a goal's clinical wording and leaves the client's own words alone.
    """
    match content:
        case StatementContent(statement_type=StatementType.LOOK_AGAIN):
            return replace(content, on=words if isinstance(words, date) else None)
        case GoalContent() if clinical:
            return replace(content, clinical_wording=str(words))
        case StatementContent() | GoalContent():
            return with_client_words(content, str(words))
        case ObjectiveContent():
            return replace(content, behaviour=str(words))
        case InterventionContent():
            return replace(content, what=str(words))


def _written(value: Any) -> Any:
    return value.canonical() if hasattr(value, "canonical") else plain(value)


def _read(data: Mapping[str, Any], **readers: Any) -> dict[str, Any]:
    return {name: readers[name](value) if name in readers else value for name, value in data.items()}
