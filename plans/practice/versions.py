"""Versions: what was in force when, one to read, what changed between two, and the copy on paper (PLAN-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from careplan.errors import NotYours
from careplan.ui.pages import see_other
from plans.content import InterventionContent
from plans.kinds import Choice, Doer, ItemKind, NumberWhy, StatementType
from plans.practice.around import Desk, desk_of, plan_page, show
from plans.practice.item_forms import as_row
from plans.selectors.versions import (
    Agreed,
    AgreedBy,
    VersionDiff,
    VersionHistory,
    VersionPage,
    version_diff,
    version_history,
    version_page,
)
from plans.services.versions import number_version

STATEMENTS = list(StatementType)


@dataclass(frozen=True)
class Part:
    """A heading of a version and its lines, each with how far it is indented."""

    head: str
    lines: tuple[Placed, ...]


@dataclass(frozen=True)
class Placed:
    """A line with the lines under it."""

    item: Agreed
    lines: tuple[tuple[str, str], ...]
    yes: tuple[AgreedBy, ...]
    children: tuple[Placed, ...] = ()


@plan_page
@require_safe
def versions(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The history, newest first, each with what it changed."""
    desk = desk_of(request, client_id, rows=False)
    history = version_history(plan_id=desk.plan_id) if desk.front.plan_id else None
    return show(request, desk, "plans/versions.html", {"history": history})


@plan_page
@require_safe
def version(request: HttpRequest, client_id: UUID, version_id: UUID) -> HttpResponse:
    """One version with its hash."""
    desk = desk_of(request, client_id, rows=False)
    page = _of(desk, version_page(version_id=version_id))
    return show(request, desk, "plans/version.html", {"version": page, "parts": parts(page.items, desk)})


@plan_page
@require_safe
def compare(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What changed between any two, in plain sentences."""
    desk = desk_of(request, client_id, rows=False)
    history = version_history(plan_id=desk.plan_id)
    older, newer = _chosen(request, history)
    diff = version_diff(older_id=older, newer_id=newer) if older and newer else None
    shown = {"history": history, "diff": diff, "older": older, "newer": newer, "names": _names(history, diff)}
    return show(request, desk, "plans/compare.html", shown)


@plan_page
@require_POST
def print_version(request: HttpRequest, client_id: UUID, version_id: UUID) -> HttpResponse:
    """Gives the version its number for people and opens the copy to print."""
    desk = desk_of(request, client_id, rows=False)
    _of(desk, version_page(version_id=version_id))
    if desk.front.writable:
        number_version(version_id=version_id, why=NumberWhy.PRINTED, by=desk.by)
    return see_other("plans:printed", client_id=client_id, version_id=version_id)


@plan_page
@require_safe
def printed(request: HttpRequest, client_id: UUID, version_id: UUID) -> HttpResponse:
    """The copy on paper."""
    desk = desk_of(request, client_id, rows=False)
    page = _of(desk, version_page(version_id=version_id))
    return show(request, desk, "plans/printed.html", {"version": page, "parts": parts(page.items, desk)})


def parts(items: Sequence[Agreed], desk: Desk) -> list[Part]:
    """A version's lines under the headings of the plan."""
    said = [item for item in items if item.kind == ItemKind.STATEMENT]
    said.sort(key=lambda item: STATEMENTS.index(StatementType(item.statement_type)))
    tops = [item for item in items if item.kind != ItemKind.STATEMENT and item.parent_id is None]
    goals = [item for item in tops if item.kind == ItemKind.GOAL]
    rest = [item for item in tops if item.kind != ItemKind.GOAL]
    about = [item for item in said if item.statement_type != StatementType.LOOK_AGAIN]
    again = [item for item in said if item.statement_type == StatementType.LOOK_AGAIN]
    found = [
        Part(f"About {desk.client.name}", _placed(about, items, desk.client.name)),
        Part("Goals", _placed(goals, items, desk.client.name)),
        Part("How we work", _placed([*rest, *again], items, desk.client.name)),
    ]
    return [part for part in found if part.lines]


def _placed(lines: Sequence[Agreed], items: Sequence[Agreed], name: str) -> tuple[Placed, ...]:
    return tuple(
        Placed(
            line,
            _details(line, name),
            tuple(said for said in line.answers if said.choice == Choice.YES),
            _placed([each for each in items if each.parent_id == line.item_id], items, name),
        )
        for line in lines
    )


def _details(item: Agreed, name: str) -> tuple[tuple[str, str], ...]:
    """What a line says besides its words; who does it by name when it is the client."""
    doer = item.content.doer.who if isinstance(item.content, InterventionContent) else ""
    shown = [line for line in item.lines if line.key != "clinical_wording"]
    return tuple((line.label, name if line.key == "doer" and doer == Doer.CLIENT else line.text) for line in shown)


def _of(desk: Desk, page: VersionPage) -> VersionPage:
    if page.client_id != desk.client_id:
        raise NotYours
    return page


def _chosen(request: HttpRequest, history: VersionHistory) -> tuple[UUID | None, UUID | None]:
    """The two versions asked for; without a choice, the last and the one before it."""
    ids = [line.version_id for line in history.versions]
    usual = ids[1] if len(ids) > 1 else None
    older = as_row(request.GET.get("from", "")) or usual
    newer = as_row(request.GET.get("to", "")) or (ids[0] if ids else None)
    if (older and older not in ids) or (newer and newer not in ids):
        raise NotYours
    if older and newer and ids.index(older) < ids.index(newer):
        older, newer = newer, older
    return older, newer


def _names(history: VersionHistory, diff: VersionDiff | None) -> dict[str, object]:
    lines = {line.sequence: line for line in history.versions}
    return {"older": lines.get(diff.older_sequence), "newer": lines.get(diff.newer_sequence)} if diff else {}
