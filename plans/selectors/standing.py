"""What a line and a day are called wherever a plan is told."""

from __future__ import annotations

from datetime import datetime

from plans.kinds import ItemKind, StatementType


def heading_of(kind: str, statement_type: str) -> str:
    """Returns what kind of line this is, in the words of the sheet."""
    return str(StatementType(statement_type).label if statement_type else ItemKind(kind).label)


def moment_words(at: datetime) -> str:
    """Returns a moment's day as people write it: 3 May 2026."""
    return f"{at.day} {at:%B} {at.year}"
