"""The list of clients: search, filters, a page of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower

from careplan.access.actor import Actor
from careplan.access.models import CareRelationship, CareRole
from careplan.access.seam import glance
from clients import hooks
from clients.models import Client
from clients.selectors.caring import cared_for
from clients.selectors.contact_cards import Reaching, reaching
from clients.selectors.staff import named_by

ROWS_A_PAGE = 25
MINE = "mine"
COVERED = "cover"


@dataclass(frozen=True)
class ClientSearch:
    """What somebody looks for. Empty fields look for everything."""

    name: str = ""
    whose: str = ""
    page: int = 1
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One added cell of a row: its heading, how it is shown and what."""

    label: str
    template: str
    cell: object


@dataclass(frozen=True)
class ClientRow:
    """A client as a list shows them. Without `may_open` there is no link: only the directory is theirs to see."""

    client_id: UUID
    name_used: str
    pronouns: str
    language: str
    cells: tuple[Cell, ...]
    leads: str
    may_open: bool
    reaching: Reaching | None = None


@dataclass(frozen=True)
class ClientList:
    """A page of the list."""

    rows: tuple[ClientRow, ...]
    headings: tuple[str, ...]
    total: int
    in_my_care: int
    page: int
    pages: int

    @property
    def shows_reaching(self) -> bool:
        """Whether the list says how people may be reached: to whoever lists them by their job (ACC-12)."""
        return any(row.reaching for row in self.rows)

    @property
    def shows_care(self) -> bool:
        """Whether columns about care are shown: to whoever cares for somebody here."""
        return self.in_my_care > 0

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.page - 1) * ROWS_A_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.page * ROWS_A_PAGE, self.total)

    @property
    def page_numbers(self) -> range:
        """Every page's number."""
        return range(1, self.pages + 1)


def client_list(search: ClientSearch, by: Actor) -> ClientList:
    """One page of the clients this person may list, each leaving a glance. A constant number of queries."""
    mine = cared_for(by)
    listed = Client.objects.all()
    found = _found(listed, search, mine, by)
    total = found.count()
    pages = max(1, ceil(total / ROWS_A_PAGE))
    page = min(max(1, search.page), pages)
    rows = list(found.order_by(Lower("name_used"), "client_id")[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    glance(clients=[row.client_id for row in rows], via="page:clients:list")
    return ClientList(
        rows=_rows(rows, mine, by),
        headings=tuple(column.label for column in hooks.client_columns) if mine else (),
        total=total,
        in_my_care=len(mine),
        page=page,
        pages=pages,
    )


def _found(
    listed: QuerySet[Client], search: ClientSearch, mine: Mapping[UUID, frozenset[CareRole]], by: Actor
) -> QuerySet[Client]:
    if search.name:
        listed = listed.filter(name_used__icontains=search.name)
    if search.whose:
        listed = listed.filter(client_id__in=_whose(search.whose, mine))
    for each in hooks.client_filters:
        value = search.chosen.get(each.key, "")
        if value in dict(each.choices):
            listed = listed.filter(client_id__in=set(each.matching(by, value)) & set(mine))
    return listed


def _whose(whose: str, mine: Mapping[UUID, frozenset[CareRole]]) -> list[UUID]:
    if whose == COVERED:
        return [client for client, roles in mine.items() if CareRole.COVER in roles]
    if whose == MINE:
        return [client for client, roles in mine.items() if roles - {CareRole.COVER, CareRole.SUPERVISOR}]
    return list(mine)


def _rows(rows: Sequence[Client], mine: Mapping[UUID, frozenset[CareRole]], by: Actor) -> tuple[ClientRow, ...]:
    leads = _leads([row.client_id for row in rows], by)
    own = [row.client_id for row in rows if row.client_id in mine]
    columns = tuple(hooks.client_columns) if mine else ()
    by_job = len(own) < len(rows)  # somebody is listed whom they don't care for: by a job, as at a front desk
    reached = reaching([(row.client_id, row.time_zone) for row in rows]) if by_job else {}
    loaded = [(column, column.load(by, own)) for column in columns]
    return tuple(
        ClientRow(
            client_id=row.client_id,
            name_used=row.name_used,
            pronouns=row.pronouns,
            language=row.language,
            cells=tuple(Cell(column.label, column.template, cells.get(row.client_id)) for column, cells in loaded),
            leads=_led_by(leads.get(row.client_id, []), mine.get(row.client_id, frozenset())),
            may_open=row.client_id in mine,
            reaching=reached.get(row.client_id),
        )
        for row in rows
    )


def _leads(clients: Sequence[UUID], by: Actor) -> dict[UUID, list[str]]:
    rows = CareRelationship.objects.filter(client_id__in=clients, role=CareRole.LEAD, until=None).order_by("since")
    found: dict[UUID, list[str]] = {}
    for row in rows.annotate(name=named_by("person_id")):
        name = "You" if row.person_id == by.person_id else row.name or "Somebody"
        found.setdefault(row.client_id, []).append(name)
    return found


def _led_by(leads: Sequence[str], mine: frozenset[CareRole]) -> str:
    named = ", ".join(leads) or "Nobody yet"
    place = next((role for role in mine if role is not CareRole.LEAD), None)
    return f"{named} (you: {place.label.lower()})" if place and "You" not in leads else named
