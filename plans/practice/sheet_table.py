"""What every page of a sheet begins with: whose record, which sheet, what was typed and not sent yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from careplan.access.actor import Actor
from careplan.errors import Refused
from careplan.ui.turned import turned_sheet
from plans.content import Line
from plans.kinds import ExpressedBy
from plans.practice.around import READ_ONLY, actor_of
from plans.practice.person import Spoken
from plans.practice.sheet_came import Came, came_of, who_says, who_says_to_client
from plans.selectors.sheet_lines import LineSeen, SheetSeen, sheet_seen
from plans.services.sheets import is_turned

CLOSED = "This sheet is closed. Open a new one to go on."
NOT_SENT = ("csrfmiddlewaretoken", "do")
LONGEST_DRAFT = 200


@dataclass(frozen=True)
class Table:
    """One sheet as it lies on the table between two people."""

    client: Spoken
    seen: SheetSeen
    by: Actor

    @property
    def client_id(self) -> UUID:
        """Whose record."""
        return self.client.client_id

    @property
    def sheet_id(self) -> UUID:
        """Which sheet."""
        return self.seen.sheet.id

    @property
    def turned(self) -> bool:
        """Whether it is in the client's hands."""
        return is_turned(self.seen.sheet)

    def came(self, line: LineSeen) -> Came:
        """What came of a line."""
        return came_of(line, self.client, self.seen.called)

    def who(self, line: LineSeen) -> str:
        """Whose words a line holds."""
        return who_says(line, self.client, self.seen.rows.names)

    def details(self, lines: Iterable[Line], *, you: str = "") -> list[tuple[str, str]]:
        """The details of a line; the client who does it, or whose goal it is, is named, or is `you` on their page."""
        named = {
            "doer": {"The client": you or self.client.name},
            "expressed_by": {str(ExpressedBy.CLIENT.label): "Yours" if you else self.client.whose},
        }
        return [(each.label, named.get(each.key, {}).get(each.text, each.text)) for each in lines]

    def who_to_client(self, line: LineSeen) -> str:
        """Whose words a line holds, said to the client."""
        return who_says_to_client(line, self.seen.rows.names)


def table_of(request: HttpRequest, client: Spoken, sheet_id: UUID, *, draft: str = "") -> Table:
    """Returns the sheet of an opened record, with what was typed under `draft`: on the desk, unless it is named.

    Raises NotYours for any other sheet.
    """
    by = actor_of(request)
    return Table(client, sheet_seen(client.client_id, sheet_id, by, draft=draft or desk_key(sheet_id)), by)


def ensure_may_write(table: Table) -> None:
    """Raises Refused, with the sentence, when nothing can be written on this sheet now."""
    if not table.seen.is_open:
        raise Refused(CLOSED)
    if not table.seen.may_write:
        raise Refused(READ_ONLY)


def ensure_on_the_desk(table: Table) -> None:
    """Raises Refused while the device lies in the client's hands: then only they write on it."""
    ensure_may_write(table)
    if table.turned:
        raise Refused(f"This sheet is turned to {table.client.name}. Take it back first.")


def is_turned_here(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> bool:
    """Says whether this very device is turned to this very sheet."""
    held = turned_sheet(request)
    return held is not None and (held.client, held.sheet) == (str(client_id), str(sheet_id))


def desk_key(sheet_id: UUID) -> str:
    """Where the desk keeps what was typed and not sent."""
    return f"sheet:{sheet_id}"


def client_key(sheet_id: UUID) -> str:
    """Where the turned sheet keeps what was typed and not sent."""
    return f"sheet-client:{sheet_id}"


def as_typed(request: HttpRequest) -> dict[str, Any]:
    """Everything that was typed, as a draft keeps it."""
    lists: Mapping[str, list[Any]] = dict(request.POST.lists())
    kept = {name: [str(value) for value in values] for name, values in lists.items() if name not in NOT_SENT}
    return dict(list(kept.items())[: LONGEST_DRAFT * 2])
