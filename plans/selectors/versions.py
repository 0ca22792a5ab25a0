"""Versions for people: the history, one version to read or print, and what changed between two, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from careplan.errors import NotYours
from plans.content import Content, Line, content_of, lines_of, title_of, words_of
from plans.kinds import ItemKind, NumberWhy, StatementType
from plans.models import Plan, Version, VersionNumber
from plans.selectors.people import names_of
from plans.selectors.standing import heading_of, moment_words


@dataclass(frozen=True)
class Agreed:
    """One line of a version, read from its snapshot."""

    item_id: UUID
    revision_id: UUID
    number: int
    sha256: str
    kind: ItemKind
    statement_type: str
    heading: str
    parent_id: UUID | None
    order: int
    content: Content
    title: str
    words: str
    lines: tuple[Line, ...]
    answers: tuple[AgreedBy, ...]


@dataclass(frozen=True)
class AgreedBy:
    """Who said what to a line of a version, and how."""

    name: str
    role: str
    choice: str
    how: str
    recorded_by: str
    at: datetime


@dataclass(frozen=True)
class VersionPage:
    """One version to read or print: everything that was in force, and the hash that says so."""

    version_id: UUID
    client_id: UUID
    plan_id: UUID
    sequence: int
    number: int | None
    numbered_why: str
    at: datetime
    sha256: str
    previous_sha256: str
    items: tuple[Agreed, ...]


@dataclass(frozen=True)
class Change:
    """One change between two versions: a sentence, and the texts when words changed."""

    item_id: UUID
    sentence: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class VersionDiff:
    """What changed between two versions, in plain sentences; none when nothing did."""

    older_sequence: int
    newer_sequence: int
    changes: tuple[Change, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(change.sentence for change in self.changes)


@dataclass(frozen=True)
class VersionLine:
    """One version in the history, with what it changed."""

    version_id: UUID
    sequence: int
    number: int | None
    why: str
    at: datetime
    sha256: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class VersionHistory:
    """All versions of a plan, newest first."""

    plan_id: UUID
    client_id: UUID
    versions: tuple[VersionLine, ...]


def version_history(*, plan_id: UUID) -> VersionHistory:
    """Returns the history of a plan; raises NotYours. Three queries."""
    plan = Plan.objects.filter(id=plan_id).first()
    if plan is None:
        raise NotYours
    versions = list(Version.objects.filter(plan=plan).defer("manifest").order_by("sequence"))
    numbers = {row.version_id: row for row in VersionNumber.objects.filter(plan=plan)}
    lines: list[VersionLine] = []
    before: Sequence[Agreed] = ()
    for version in versions:
        items = _items(version, {})
        lines.append(_history_line(version, numbers.get(version.id), changes_between(before, items, version.at)))
        before = items
    return VersionHistory(plan_id=plan.id, client_id=plan.client_id, versions=tuple(reversed(lines)))


def version_page(*, version_id: UUID) -> VersionPage:
    """Returns one version from its snapshot; raises NotYours. Four queries."""
    numbered = VersionNumber.objects.filter(version_id=OuterRef("pk"))
    version = (
        Version.objects.filter(id=version_id)
        .annotate(known_as=Subquery(numbered.values("number")), known_why=Subquery(numbered.values("why")))
        .first()
    )
    if version is None:
        raise NotYours
    names = names_of(version.client_id, _people(version))
    return VersionPage(
        version_id=version.id,
        client_id=version.client_id,
        plan_id=version.plan_id,
        sequence=version.sequence,
        number=version.known_as,
        numbered_why=NumberWhy(version.known_why).label if version.known_why else "",
        at=version.at,
        sha256=version.sha256,
        previous_sha256=version.previous_sha256,
        items=_items(version, names),
    )


def version_diff(*, older_id: UUID, newer_id: UUID) -> VersionDiff:
    """Returns what changed from one version to another of the same plan; raises NotYours. One query."""
    found = Version.objects.defer("manifest").in_bulk([older_id, newer_id])
    if older_id not in found or newer_id not in found or found[older_id].plan_id != found[newer_id].plan_id:
        raise NotYours
    older, newer = found[older_id], found[newer_id]
    return VersionDiff(
        older_sequence=older.sequence,
        newer_sequence=newer.sequence,
        changes=changes_between(_items(older, {}), _items(newer, {}), newer.at),
    )


def changes_between(before: Sequence[Agreed], after: Sequence[Agreed], at: datetime) -> tuple[Change, ...]:
    """Returns the changes in plain sentences: what came, what changed its words or place, what is out of force."""
    old = {item.item_id: item for item in before}
    new = {item.item_id: item for item in after}
    came = [_came(item) for item in after if item.item_id not in old]
    changed = [change for item in after if item.item_id in old for change in _changed(old[item.item_id], item, new)]
    gone = [_gone(item, old, new, at) for item in before if item.item_id not in new]
    return (*came, *changed, *gone)


def _came(item: Agreed) -> Change:
    return Change(item.item_id, f"{_quoted(item)} came into force.", after=_text(item))


def _changed(old: Agreed, new: Agreed, now: Mapping[UUID, Agreed]) -> list[Change]:
    if old.revision_id == new.revision_id:
        return []
    found = []
    if old.parent_id != new.parent_id:
        under = now.get(new.parent_id) if new.parent_id else None
        place = f"stands under {_quoted(under)} now" if under else "stands by itself now"
        found.append(Change(new.item_id, f"{_quoted(new)} {place}."))
    if _text(old) != _text(new):
        found.append(
            Change(new.item_id, f"The wording of {_quoted(new)} changed.", before=_text(old), after=_text(new))
        )
    return found or [Change(new.item_id, f"{_quoted(new)} was agreed again.")]


def _gone(item: Agreed, old: Mapping[UUID, Agreed], new: Mapping[UUID, Agreed], at: datetime) -> Change:
    since = moment_words(at)
    if item.parent_id in old and item.parent_id not in new:
        parent = _quoted(old[item.parent_id]) if item.parent_id else ""
        return Change(item.item_id, f"{_quoted(item)} waits for {parent} since {since}.", before=_text(item))
    return Change(item.item_id, f"{_quoted(item)} is out of force since {since}.", before=_text(item))


def _text(item: Agreed) -> str:
    return "\n".join([item.words, *(f"{line.label}: {line.text}" for line in item.lines)])


def _quoted(item: Agreed) -> str:
    dated = item.statement_type == StatementType.LOOK_AGAIN
    return f"“{item.heading} {item.title}”" if dated else f"“{item.title}”"


def _history_line(version: Version, number: VersionNumber | None, changes: tuple[Change, ...]) -> VersionLine:
    return VersionLine(
        version_id=version.id,
        sequence=version.sequence,
        number=number.number if number else None,
        why=NumberWhy(number.why).label if number else "",
        at=version.at,
        sha256=version.sha256,
        changes=changes,
    )


def _items(version: Version, names: Mapping[UUID, str]) -> tuple[Agreed, ...]:
    items = (version.snapshot or {}).get("items", [])
    return tuple(_agreed(item, names) for item in items)


def _agreed(item: Mapping[str, Any], names: Mapping[UUID, str]) -> Agreed:
    statement_type = item["statement_type"]
    content = content_of(item["kind"], item["content"], statement_type=statement_type)
    return Agreed(
        item_id=UUID(item["id"]),
        revision_id=UUID(item["revision"]),
        number=item["number"],
        sha256=item["sha256"],
        kind=ItemKind(item["kind"]),
        statement_type=statement_type,
        heading=heading_of(item["kind"], statement_type),
        parent_id=UUID(item["parent"]) if "parent" in item else None,
        order=item["order"],
        content=content,
        title=title_of(content),
        words=words_of(content),
        lines=lines_of(content),
        answers=tuple(_agreed_by(answer, names) for answer in item["answers"]),
    )


def _agreed_by(answer: Mapping[str, Any], names: Mapping[UUID, str]) -> AgreedBy:
    recorded_by = answer.get("recorded_by")
    return AgreedBy(
        name=names.get(UUID(answer["person"]), ""),
        role=answer["role"],
        choice=answer["choice"],
        how=answer["how"],
        recorded_by=names.get(UUID(recorded_by), "") if recorded_by else "",
        at=datetime.fromisoformat(answer["at"]),
    )


def _people(version: Version) -> set[UUID]:
    answers = [answer for item in (version.snapshot or {}).get("items", []) for answer in item["answers"]]
    found = [answer["person"] for answer in answers] + [answer.get("recorded_by") for answer in answers]
    return {UUID(person) for person in found if person}
