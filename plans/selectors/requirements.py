"""What others demand, with the client's view beside it (PLAN-19)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careplan.errors import NotYours
from plans.models import Requirement, RequirementView


@dataclass(frozen=True)
class RequirementLine:
    """One requirement and what the client last said of it."""

    row: Requirement
    view: RequirementView | None

    @property
    def stands(self) -> bool:
        """Whether it is still asked."""
        return self.row.ended_at is None


def requirements_of(client_id: UUID) -> list[RequirementLine]:
    """Returns every requirement of an opened record, those that stand first, newest first. Two queries."""
    rows = list(Requirement.objects.filter(client_id=client_id).order_by("-at", "-id"))
    views = RequirementView.objects.filter(client_id=client_id).order_by("at", "id")
    last = {view.requirement_id: view for view in views}
    lines = [RequirementLine(row, last.get(row.id)) for row in rows]
    return sorted(lines, key=lambda line: not line.stands)


def requirement_line(client_id: UUID, requirement_id: UUID) -> RequirementLine:
    """Returns one of this client's; raises NotYours. Two queries."""
    row = Requirement.objects.filter(client_id=client_id, id=requirement_id).first()
    if row is None:
        raise NotYours
    return RequirementLine(row, RequirementView.objects.filter(requirement=row).order_by("-at", "-id").first())


def unread_requirement(client_id: UUID) -> RequirementLine | None:
    """Returns the newest that stands and that the client has said nothing of yet; None when there is none."""
    return next((line for line in requirements_of(client_id) if line.stands and line.view is None), None)
