"""The diagnoses of an opened record, each with how the client sees it (PLAN-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from careplan.errors import NotYours
from clients import hooks
from clients.models import Certainty, CodeSystem, Diagnosis, DiagnosisEnd, DiagnosisView, DiagnosisWording, How
from clients.selectors.staff import named_by


@dataclass(frozen=True)
class OwnView:
    """How the client sees it, and how that came to be written down."""

    words: str
    how: str
    at: datetime


@dataclass(frozen=True)
class DiagnosisLine:
    """One diagnosis as it is called now. `number` is its wording's; `goals` are titles of the goals linked to it."""

    id: UUID
    number: int
    code_system: CodeSystem
    code: str
    label: str
    certainty: Certainty
    written_at: datetime
    written_by: str
    shared_at: datetime | None
    ended_at: datetime | None
    ended_as: str
    view: OwnView | None
    goals: tuple[str, ...] = ()

    @property
    def code_words(self) -> str:
        """The code and its list: “ICD-11 6B40”; nothing without a code."""
        return f"{self.code_system.label} {self.code}" if self.code else ""

    @property
    def called(self) -> str:
        """The code and the label in a line."""
        return f"{self.label} ({self.code_words})" if self.code else self.label


@dataclass(frozen=True)
class Diagnoses:
    """Those that stand, and those that have ended, newest first."""

    standing: tuple[DiagnosisLine, ...]
    ended: tuple[DiagnosisLine, ...]


def diagnoses(client_id: UUID) -> Diagnoses:
    """What an opening of notes and plan shows. One query, and one for each source of links."""
    lines = _lines(Diagnosis.objects.filter(client_id=client_id), _goals(client_id))
    standing = tuple(line for line in lines if line.ended_at is None)
    return Diagnoses(standing, tuple(line for line in lines if line.ended_at is not None))


def diagnosis(client_id: UUID, diagnosis_id: UUID) -> DiagnosisLine:
    """One that stands, to change. One query. Raises NotYours."""
    found = _lines(Diagnosis.objects.filter(client_id=client_id, id=diagnosis_id, ended_at=None), {})
    if not found:
        raise NotYours
    return found[0]


def _lines(rows: QuerySet[Diagnosis], goals: dict[UUID, list[str]]) -> Sequence[DiagnosisLine]:
    wordings = DiagnosisWording.objects.filter(client_id=OuterRef("client_id"), diagnosis_id=OuterRef("id"))
    latest = wordings.order_by("-number")
    said = DiagnosisView.objects.filter(client_id=OuterRef("client_id"), diagnosis_id=OuterRef("id"))
    views = said.order_by("-written_at", "-id")
    worded = {name: Subquery(latest.values(name)[:1]) for name in WORDED}
    seen = {f"view_{name}": Subquery(views.values(name)[:1]) for name in ("words", "how", "written_at")}
    found = rows.annotate(**worded, **seen).annotate(who=named_by("written_by")).order_by("-begun_at", "-id")
    return [_line(row, tuple(goals.get(row.id, ()))) for row in found]


WORDED = ("number", "code_system", "code", "label", "certainty", "written_at", "written_by")


def _line(row: Diagnosis, goals: tuple[str, ...]) -> DiagnosisLine:
    said = vars(row)
    return DiagnosisLine(
        id=row.id,
        number=said["number"],
        code_system=CodeSystem(said["code_system"]),
        code=said["code"],
        label=said["label"],
        certainty=Certainty(said["certainty"]),
        written_at=said["written_at"],
        written_by=said["who"] or "Somebody",
        shared_at=row.shared_at,
        ended_at=row.ended_at,
        ended_as=DiagnosisEnd(row.ended_as).label if row.ended_as else "",
        view=_view(said),
        goals=goals,
    )


def _view(said: dict[str, object]) -> OwnView | None:
    words, at = str(said["view_words"] or ""), said["view_written_at"]
    return OwnView(words, str(How(str(said["view_how"])).label), at) if words and isinstance(at, datetime) else None


def _goals(client_id: UUID) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for source in hooks.diagnosis_links:
        for diagnosis_id, titles in source.load(client_id).items():
            found.setdefault(diagnosis_id, []).extend(titles)
    return found
