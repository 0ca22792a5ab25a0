"""Everything a client has with us, as the apps tell it: tables by name, one reading for people and for machines.

An allow-list (ACC-9): what no section names is in no copy, and a contract test asks why. Rows are read under an opening
for export, so the database hides from a copy what it hides from the client's pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from careplan.access.models import Member
from careplan.accounts.models import StaffMember

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Words: TypeAlias = "str | StrPromise"
KEPT_BACK = frozenset({"practice_id", "salt"})


NAMED = "organisation"
"""What is tucked away by its name, however it is written; everything else is by its id."""


@dataclass(frozen=True)
class Line:
    """One thing that a row says: what it is, and the words."""

    label: Words
    text: str


@dataclass(frozen=True)
class Table:
    """One table of the record and how it reads.

    People read the fields in `shown`, each under its label, or what `tell` makes of a row; the machine's copy has every
    stored field but `kept_back`. With (kind, field) in `hidden_as`, what the client has tucked away is left out
    (SAFE-7). `along` are rows read with it.
    """

    model: type[models.Model]
    heading: Words = ""
    shown: Mapping[str, Words] | None = None
    order: tuple[str, ...] = ()
    tell: Callable[[Any], Iterable[Line]] | None = None
    hidden_as: tuple[str, str] | None = None
    kept_back: frozenset[str] = KEPT_BACK
    along: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the table is called in the database and in the machine's copy."""
        return self.model._meta.db_table.rpartition('"."')[2].strip('"')


@dataclass(frozen=True)
class Section:
    """What one app has about a client. `page` is the address where they read it; a copy holds it when that page shows.

    `files` are further copies of it: (label, hint, name of the URL that a form posts to).
    """

    key: str
    label: Words
    classes: frozenset[str]
    tables: tuple[Table, ...]
    order: int
    page: str
    files: tuple[tuple[Words, Words, str], ...] = ()


@dataclass(frozen=True)
class Entry:
    """One row as people read it."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """One table as people read it."""

    heading: Words
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Told:
    """One section as people read it, and its rows for machines."""

    key: str
    label: Words
    parts: tuple[Part, ...]
    data: Mapping[str, Sequence[Mapping[str, Any]]]


def told(
    sections: Iterable[Section], *, client_id: UUID, reader: UUID | None, tucked: frozenset[tuple[str, str]]
) -> list[Told]:
    """Returns every section with its rows. A query for each table, and two for the names."""
    read = [(section, [(table, _rows(table, client_id, tucked)) for table in section.tables]) for section in sections]
    ids = {each for _section, tables in read for table, rows in tables for row in rows for each in _people(table, row)}
    names = _names(client_id, ids, reader)
    return [_told(section, tables, names) for section, tables in read]


def _rows(table: Table, client_id: UUID, tucked: frozenset[tuple[str, str]]) -> list[models.Model]:
    found = table.model._default_manager.filter(client_id=client_id).order_by(*(table.order or ("pk",)))
    if table.hidden_as is not None:
        kind, column = table.hidden_as
        for key in (key for each, key in tucked if each == kind):
            found = found.exclude(**{f"{column}__iexact" if kind == NAMED else column: key})
    return list(found.select_related(*table.along) if table.along else found)


def _told(section: Section, tables: list[tuple[Table, list[models.Model]]], names: Mapping[UUID, str]) -> Told:
    parts = [Part(table.heading, _entries(table, rows, names)) for table, rows in tables if table.heading]
    data = {table.name: [_data(table, row) for row in rows] for table, rows in tables}
    return Told(section.key, section.label, tuple(part for part in parts if part.entries), data)


def _entries(table: Table, rows: Sequence[models.Model], names: Mapping[UUID, str]) -> tuple[Entry, ...]:
    entries = (Entry(tuple(_lines(table, row, names))) for row in rows)
    return tuple(entry for entry in entries if entry.lines)


def _lines(table: Table, row: models.Model, names: Mapping[UUID, str]) -> Iterable[Line]:
    if table.tell is not None:
        yield from (line for line in table.tell(row) if line.text)
    for name, label in (table.shown or {}).items():
        text = _words(row, name, names)
        if text:
            yield Line(label, text)


def _words(row: models.Model, name: str, names: Mapping[UUID, str]) -> str:
    field = row._meta.get_field(name)
    value = getattr(row, field.attname)  # type: ignore[union-attr]
    if isinstance(value, UUID):
        return names.get(value, "")
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return formats.date_format(timezone.localtime(value), "j F Y, H:i")
        case date():
            return formats.date_format(value, "j F Y")
        case list() | tuple():
            return ", ".join(_plain(each) for each in value)
        case dict():
            return ", ".join(_plain(each) for each in value.values())
    return str(value)


def _data(table: Table, row: models.Model) -> dict[str, Any]:
    fields = (field for field in row._meta.concrete_fields if field.attname not in table.kept_back)
    return {field.attname: getattr(row, field.attname) for field in fields}


def _people(table: Table, row: models.Model) -> Iterable[UUID]:
    """The ids that stand in a row's readable fields: none of them but a person's is shown as words."""
    values = (getattr(row, row._meta.get_field(name).attname) for name in table.shown or {})  # type: ignore[union-attr]
    return (value for value in values if isinstance(value, UUID))


def _names(client_id: UUID, people: set[UUID], reader: UUID | None) -> dict[UUID, str]:
    staff = StaffMember.objects.filter(person_id__in=people).values_list("person_id", "first_name")
    members = Member.objects.filter(client_id=client_id).values_list("person_id", flat=True)
    own = {person: _("You") if person == reader else _("Another of you") for person in members}
    return {**dict.fromkeys(people, _("Somebody else")), **dict(staff), **own}
