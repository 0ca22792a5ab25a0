"""The sheet in the room: as the therapist fills it in, and as the client sees it (PLAN-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.errors import NotYours
from plans.kinds import CLIENT_SIDE, Copy, How, ItemKind, PartyKind, SheetKind
from plans.models import Answer, Item, ItemRevision, Party, Sheet, SheetLine
from plans.selectors.desk import OffTableLine, off_table_lines
from plans.selectors.pace import PaceNow, pace_now
from plans.selectors.people import can_dictate, deciders_of, name_of_client, names_of
from plans.selectors.standing import ItemLine, heading_of, item_lines
from plans.selectors.wordings import Asked, Spoken, Wording, everyone_in, wordings


@dataclass(frozen=True)
class PersonAsked:
    """Somebody who decides, or is asked beside, with the name used here."""

    person_id: UUID
    name: str
    decides: bool


@dataclass(frozen=True)
class SheetDeskLine:
    """One line of a sheet for the therapist: how it stands, the wording shown, who is asked and what they said."""

    line: ItemLine
    wording: Wording
    answerable: bool
    given: tuple[Asked, ...]
    on_this_sheet: tuple[Spoken, ...]


@dataclass(frozen=True)
class SheetDesk:
    """A sheet as staff fill it in."""

    sheet_id: UUID
    client_id: UUID
    client_name: str
    plan_id: UUID
    kind: SheetKind
    how: How
    present: tuple[str, ...]
    copy: Copy
    opened_at: datetime
    closed: bool
    turned: bool
    saved_at: datetime
    opened_by_name: str
    lines: tuple[SheetDeskLine, ...]
    asked: tuple[PersonAsked, ...]
    off_table: tuple[OffTableLine, ...]
    pace: PaceNow
    can_dictate: bool

    @property
    def every_line_answered(self) -> bool:
        """Says whether everyone who decides has answered every line."""
        return all(asked.last for line in self.lines for asked in line.given)


@dataclass(frozen=True)
class ClientSheetLine:
    """One line as the client reads it: whose words, the words, and their own answer so far."""

    item_id: UUID
    revision_id: UUID
    heading: str
    words: str
    details: tuple[tuple[str, str], ...]
    own_words: bool
    who: str
    why: str
    before: str
    mine: tuple[Asked, ...]


@dataclass(frozen=True)
class ClientSheet:
    """A sheet turned to the client: this and nothing else."""

    sheet_id: UUID
    client_id: UUID
    client_name: str
    therapist_name: str
    kind: SheetKind
    turned: bool
    closed: bool
    lines: tuple[ClientSheetLine, ...]
    asked: tuple[PersonAsked, ...]


def sheet_desk(*, sheet_id: UUID) -> SheetDesk:
    """Returns the sheet for staff; raises NotYours. A constant number of queries."""
    sheet, rows, found, names = _read(sheet_id)
    lines = item_lines(client_id=sheet.client_id, plan_id=sheet.plan_id)
    by_item = {line.item_id: line for line in lines}
    shown = tuple(_desk_line(by_item[row.item_id], found[row.revision_id], sheet.id) for row in rows)
    moments = [sheet.opened_at, *(spoken.at for line in shown for spoken in line.on_this_sheet)]
    moments += [line.wording.at for line in shown if line.wording.at > sheet.opened_at]
    return SheetDesk(
        sheet_id=sheet.id,
        client_id=sheet.client_id,
        client_name=name_of_client(sheet.client_id),
        plan_id=sheet.plan_id,
        kind=SheetKind(sheet.kind),
        how=How(sheet.how),
        present=tuple(sheet.present),
        copy=Copy(sheet.copy),
        opened_at=sheet.opened_at,
        closed=sheet.closed_at is not None,
        turned=_is_turned(sheet),
        saved_at=max(moments),
        opened_by_name=names.get(sheet.opened_by_id, ""),
        lines=shown,
        asked=_people(sheet.client_id),
        off_table=off_table_lines(sheet.client_id, lines),
        pace=pace_now(client_id=sheet.client_id),
        can_dictate=can_dictate(sheet.client_id),
    )


def client_sheet(*, sheet_id: UUID) -> ClientSheet:
    """Returns the sheet as the client sees it; raises NotYours. A constant number of queries."""
    sheet, rows, found, names = _read(sheet_id)
    therapist = names.get(sheet.opened_by_id, "Your therapist")
    before = _before(sheet, rows)
    return ClientSheet(
        sheet_id=sheet.id,
        client_id=sheet.client_id,
        client_name=name_of_client(sheet.client_id),
        therapist_name=therapist,
        kind=SheetKind(sheet.kind),
        turned=_is_turned(sheet),
        closed=sheet.closed_at is not None,
        lines=tuple(_client_line(found[row.revision_id], row.item, before.get(row.item_id, "")) for row in rows),
        asked=_people(sheet.client_id),
    )


def who_wrote(wording: Wording, *, you: str = "You") -> str:
    """Returns whose words these are, as the client reads it: “You said, Imani typed”."""
    if wording.dictated:
        return f"{you} said, {wording.author_name} typed"
    return you if wording.author_role in CLIENT_SIDE else wording.author_name


def _read(sheet_id: UUID) -> tuple[Sheet, list[SheetLine], dict[UUID, Wording], dict[UUID, str]]:
    sheet = Sheet.objects.filter(id=sheet_id).first()
    if sheet is None:
        raise NotYours
    rows = list(SheetLine.objects.filter(sheet=sheet).select_related("item").order_by("position", "id"))
    revisions = list(ItemRevision.objects.filter(id__in=[row.revision_id for row in rows]).defer("hashed"))
    ids = [revision.id for revision in revisions]
    answers = list(Answer.objects.filter(client_id=sheet.client_id, revision_id__in=ids).defer("hashed"))
    parties = list(Party.objects.filter(revision_id__in=ids))
    names = names_of(sheet.client_id, everyone_in(revisions, answers, parties) | {sheet.opened_by_id})
    items: dict[UUID, Item] = {row.item_id: row.item for row in rows}
    return sheet, rows, wordings(client_id=sheet.client_id, items=items, revisions=revisions, names=names), names


def _desk_line(line: ItemLine, wording: Wording, sheet_id: UUID) -> SheetDeskLine:
    given = tuple(asked for asked in wording.asked if asked.kind in (PartyKind.DECIDER, PartyKind.ASSENT))
    return SheetDeskLine(
        line=line,
        wording=wording,
        answerable=wording.revision_id in (line.highest_id, line.in_force_id),
        given=given,
        on_this_sheet=tuple(asked.last for asked in given if asked.last and asked.last.sheet_id == sheet_id),
    )


def _client_line(wording: Wording, item: Item, before: str) -> ClientSheetLine:
    return ClientSheetLine(
        item_id=wording.item_id,
        revision_id=wording.revision_id,
        heading=heading_of(item.kind, item.statement_type),
        words=wording.words,
        details=tuple((line.label, line.text) for line in wording.lines),
        own_words=item.kind in (ItemKind.STATEMENT, ItemKind.GOAL)
        and bool(getattr(wording.content, "client_words", "")),
        who=who_wrote(wording),
        why=wording.why,
        before=before,
        mine=tuple(asked for asked in wording.asked if asked.kind in (PartyKind.DECIDER, PartyKind.ASSENT)),
    )


def _before(sheet: Sheet, rows: Sequence[SheetLine]) -> dict[UUID, str]:
    """Returns the words in force of lines whose shown wording is a newer one: what counts until it is answered."""
    lines = {line.item_id: line for line in item_lines(client_id=sheet.client_id, plan_id=sheet.plan_id)}
    shown = {row.item_id: row.revision_id for row in rows}
    return {
        item_id: line.words
        for item_id, line in lines.items()
        if line.in_force_id and shown.get(item_id) not in (None, line.in_force_id)
    }


def _people(client_id: UUID) -> tuple[PersonAsked, ...]:
    deciders = deciders_of(client_id)
    names = names_of(client_id, [decider.person_id for decider in deciders])
    return tuple(
        PersonAsked(person_id=each.person_id, name=names[each.person_id], decides=each.voice == "decides")
        for each in deciders
    )


def _is_turned(sheet: Sheet) -> bool:
    return sheet.turned_at is not None and sheet.handed_back_at is None
