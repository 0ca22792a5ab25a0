"""The rows of a sheet: each place with its form, filled from the record, from a draft, or from what was posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.datastructures import MultiValueDict

from careplan.errors import NotYours
from careplan.ui.forms import Form
from plans.content import (
    Content,
    content_of,
    title_of,
    with_words,
)
from plans.kinds import Choice, StatementType
from plans.models import ItemRevision
from plans.practice.item_forms import kept_of
from plans.practice.sheet_came import Came
from plans.practice.sheet_forms import FORMS, AnswerForm, InterventionLine, LineForm, SheetForm, WholeAnswerForm
from plans.practice.sheet_slots import Slot, posted_slots, slots_of, unknown_keys
from plans.selectors.flat import flat_of
from plans.selectors.sheet_lines import LineSeen, SheetSeen, text_of
from plans.services.sheets import SheetAnswer, SheetWriting

Typed = MultiValueDict[str, str]


@dataclass(frozen=True)
class Moved:
    """A line whose words moved while the page was read: what it said then, what it says now."""

    title: str
    before: str
    after: str
    answered: str = ""


@dataclass
class Row:
    """One place of a sheet and its form.

    `moved` says what became of the words that were on the page; `came` what came of the line, `name` how it is
    called by ear, `who` whose words it holds, `said` what the client answered already,
    `warning` what staff should know of it.
    """

    slot: Slot
    form: Any
    moved: Moved | None = None
    came: Came | None = None
    name: str = ""
    who: str = ""
    said: str = ""
    warning: str = ""
    details: Sequence[tuple[str, str]] = ()

    @property
    def dated(self) -> bool:
        """Whether the line holds a day."""
        return _dated(self.slot)

    @property
    def line(self) -> LineSeen | None:
        """The line as it stands in the record, or None for one that isn't written yet."""
        return self.slot.line

    @property
    def about(self) -> str:
        """What an answer is about, for a screen reader: a few of the words, else the heading."""
        return self.line.title if self.line else self.slot.heading

    @property
    def open_answers(self) -> bool:
        """Whether the four answers lie open: not answered here yet, or being answered again."""
        said_again = self.form["answer"].value() or self.form.errors
        return self.line is None or not self.line.settled or bool(said_again) or self.moved is not None


@dataclass(frozen=True)
class EveryForm:
    """The forms of one page, for its error summary."""

    forms: list[Form]


def desk_rows_of(seen: SheetSeen, client: str) -> list[Row]:
    """The rows of the desk as they stand, with what was typed and not yet sent put back."""
    draft = typed_of(seen.kept)
    slots = slots_of(seen, draft.getlist("slot"))
    return [Row(slot, _desk_form(seen, slot, client, initial=_initial(slot, draft))) for slot in slots]


def desk_rows_posted(seen: SheetSeen, client: str, posted: Typed) -> list[Row]:
    """The rows of the desk as they were posted. Raises NotYours for a line that isn't on the sheet."""
    keys = posted.getlist("slot")
    if unknown_keys(seen, keys):
        raise NotYours
    return [Row(slot, _desk_form(seen, slot, client, data=posted)) for slot in posted_slots(seen, keys)]


def client_rows(seen: SheetSeen) -> list[Row]:
    """The rows of the turned sheet: every line that takes an answer."""
    draft = typed_of(seen.kept)
    return [
        Row(slot, _answer_form(slot, initial=_read_now(slot) | _drafted(slot, draft)))
        for slot in slots_of(replace_open(seen))
    ]


def client_rows_posted(seen: SheetSeen, posted: Typed) -> list[Row]:
    """The rows of the turned sheet as they were posted. Raises NotYours for a line that isn't on the sheet."""
    keys = posted.getlist("slot")
    slots = posted_slots(seen, keys)
    if unknown_keys(seen, keys) or any(slot.line is None for slot in slots):
        raise NotYours
    return [Row(slot, _answer_form(slot, data=posted)) for slot in slots]


def replace_open(seen: SheetSeen) -> SheetSeen:
    """The sheet without its empty lines: they are nobody's to answer."""
    return replace(seen, front=replace(seen.front, writable=False))


def sheet_form(seen: SheetSeen, client: str, *, posted: Typed | None = None) -> SheetForm:
    """The form of the sheet itself. How answers are given is shown as chosen only once one was given so."""
    if posted is not None:
        return SheetForm(posted, prefix="sheet", client=client, voices=seen.voices)
    given = {line.said_here.how for line in seen.lines if line.said_here}
    how = seen.sheet.how if seen.sheet.how in given else ""
    now = {"how": how, "present": seen.sheet.present, "copy": seen.sheet.copy}
    initial = now | _named(SheetForm, "sheet", typed_of(seen.kept))
    return SheetForm(initial=initial, prefix="sheet", client=client, voices=seen.voices)


def whole_form(seen: SheetSeen, *, posted: Typed | None = None) -> WholeAnswerForm:
    """The one answer for the whole sheet, as the turned device shows it."""
    if posted is not None:
        return WholeAnswerForm(posted, prefix="sheet", voices=seen.voices)
    initial = _named(WholeAnswerForm, "sheet", typed_of(seen.kept))
    return WholeAnswerForm(initial=initial, prefix="sheet", voices=seen.voices)


def typed_of(kept: Mapping[str, Any]) -> Typed:
    """A saved draft as the fields it was typed in."""
    return MultiValueDict({name: list(values) for name, values in kept.items() if isinstance(values, list)})


def moved_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows with what moved in them; an answer to words that moved is shown and no longer counts as chosen."""
    read = {row.slot.key: _posted_read(row) for row in rows}
    stale = {key: was for key, was in read.items() if was and (line := _line(rows, key)) and was != line.asked.id}
    before = {row.id: row for row in ItemRevision.objects.filter(id__in=stale.values()).select_related("item")}
    return [_settle(row, before.get(stale[row.slot.key])) if row.slot.key in stale else row for row in rows]


def answer_of(row: Row, content: Content, *, how: str, whole: WholeAnswerForm | None = None) -> SheetAnswer | None:
    """The client's answer to a row, its own or the whole sheet's; the wording it goes to is filled in when saved."""
    said = row.form.cleaned_data
    choice, until = said.get("answer"), said.get("until")
    if not choice and whole is not None and not (row.line and row.line.settled):
        choice, until = whole.cleaned_data.get("answer"), whole.cleaned_data.get("until")
    if not choice:
        return None
    changes = choice == Choice.YES_WITH_CHANGES
    return SheetAnswer(
        revision_id=row.line.asked.id if row.line else UUID(int=0),
        choice=choice,
        person_id=whole.whose_id if whole else None,
        how=said.get("how") or how or None,
        words=str(said.get("words") or "") if changes else "",
        until=until if choice == Choice.NOT_NOW else None,
        wording=with_words(content, said.get("words")) if changes else None,
    )


def writing_of(row: Row, under: Row | None) -> SheetWriting | None:
    """What was typed on a row when it says something new; an empty line is no line."""
    form = row.form
    if not form.is_typed or form.is_empty():
        return None
    if row.line is None:
        parent = under.line.item_id if under and under.line else None
        waits = under.slot.key if under and under.line is None and not under.form.is_empty() else ""
        content = form.content(under=parent)
        return SheetWriting(content, key=row.slot.key, parent_key=waits, raise_anyway=form.cleaned_data["raise_anyway"])
    asked = row.line.asked
    content = form.content(kept_of(asked.content, type(form)))
    if content == asked.content:
        return None
    again = form.cleaned_data["raise_anyway"]
    return SheetWriting(content, item_id=row.line.item_id, base=asked.number, key=row.slot.key, raise_anyway=again)


def _desk_form(seen: SheetSeen, slot: Slot, client: str, **filled: Any) -> LineForm:
    typed = seen.may_write and (slot.line is None or slot.line.typed_here)
    form = FORMS[slot.kind] if typed else LineForm
    named = {"client": client} if form is InterventionLine else {}
    return form(prefix=prefix_of(slot), dated=_dated(slot), **named, **_filled(filled))


def _answer_form(slot: Slot, **filled: Any) -> AnswerForm:
    return AnswerForm(prefix=prefix_of(slot), dated=_dated(slot), **_filled(filled))


def _filled(filled: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filled.items() if value is not None}


def _dated(slot: Slot) -> bool:
    return slot.kind == StatementType.LOOK_AGAIN


def prefix_of(slot: Slot) -> str:
    """What the names of a row's fields begin with."""
    return f"line-{slot.key}"


def _initial(slot: Slot, draft: Typed) -> dict[str, Any]:
    now = flat_of(slot.line.asked.content) if slot.line else {}
    return now | _read_now(slot) | _drafted(slot, draft)


def _read_now(slot: Slot) -> dict[str, Any]:
    return {"read": slot.line.asked.id} if slot.line else {}


def _drafted(slot: Slot, draft: Typed) -> dict[str, Any]:
    return _named(FORMS[slot.kind], prefix_of(slot), draft)


def _named(form: Any, prefix: str, draft: Typed) -> dict[str, Any]:
    """The draft's values by field; a list only where a field takes several."""
    found: dict[str, Any] = {}
    for name, field in form.base_fields.items():
        values = draft.getlist(f"{prefix}-{name}")
        if values:
            found[name] = values if getattr(field.widget, "allow_multiple_selected", False) else values[-1]
    return found


def _posted_read(row: Row) -> UUID | None:
    try:
        return UUID(str(row.form["read"].value() or ""))
    except ValueError:
        return None


def _line(rows: Sequence[Row], key: str) -> LineSeen | None:
    return next((row.line for row in rows if row.slot.key == key), None)


def _settle(row: Row, before: ItemRevision | None) -> Row:
    """Shows what moved, and asks about the words as they are now."""
    line = row.line
    if line is None:
        return row
    answered = str(dict(Choice.choices).get(row.form["answer"].value() or "", ""))
    was = text_of(_content(before)) if before else ""
    moved = Moved(title_of(line.asked.content), was, text_of(line.asked.content), answered)
    data = row.form.data.copy()
    data[row.form.add_prefix("read")] = str(line.asked.id)
    data[row.form.add_prefix("answer")] = ""
    row.form.data = data
    return Row(row.slot, row.form, moved)


def _content(revision: ItemRevision) -> Content:
    item = revision.item
    return content_of(item.kind, revision.content or {}, statement_type=item.statement_type)
