"""What a sheet says on paper: headings, words and details, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plans.content import Content, ContentRefused, content_from_form, lines_of, words_of
from plans.kinds import Doer, ItemKind
from plans.practice.item_forms import kept_of
from plans.practice.sheet_rows import Row
from plans.practice.sheet_table import Table
from plans.selectors.flat import flat_of
from plans.selectors.sheet_lines import heading_of

SKIP = ("clinical_wording",)


@dataclass(frozen=True)
class PaperLine:
    """One line on paper; `wording` is a goal's clinical wording, printed beside the client's words."""

    heading: str
    words: str
    in_client_words: bool
    wording: str = ""
    details: Sequence[tuple[str, str]] = ()


def paper_lines(table: Table, rows: list[Row]) -> list[PaperLine]:
    """The lines of a sheet that say something, typed ones as they are typed now."""
    found = [(row, _content_now(row)) for row in rows]
    return [_paper_line(table, row.slot.kind, content) for row, content in found if content is not None]


def _paper_line(table: Table, kind: str, content: Content) -> PaperLine:
    own = str(getattr(content, "client_words", ""))
    wording = str(getattr(content, "clinical_wording", "")) if own else ""
    details = table.details(line for line in lines_of(content) if line.key not in SKIP)
    return PaperLine(heading_of(kind), words_of(content), bool(own), wording, details)


def _content_now(row: Row) -> Content | None:
    line = row.line
    if not row.form.is_typed:
        return line.asked.content if line else None
    values = {name: row.form[name].value() for name in row.form.typed_fields}
    if not any(values.values()):
        return line.asked.content if line else None
    kept = kept_of(line.asked.content, type(row.form)) if line else {}
    try:
        return content_from_form(row.form.kind, {**kept, **values, **_beside(row)})
    except ContentRefused:
        return line.asked.content if line else None


def _beside(row: Row) -> dict[str, Any]:
    if row.form.kind == ItemKind.STATEMENT:
        return {"statement_type": row.slot.kind}
    if row.form.kind == ItemKind.INTERVENTION:
        doer = flat_of(row.line.asked.content).get("doer") if row.line else None
        return {"doer": row.form["doer"].value() or doer or Doer.THERAPIST.value}
    return {}
