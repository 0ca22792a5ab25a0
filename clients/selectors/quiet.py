"""What a client's own pages show now (SAFE-7). Every page, export and proxy view of the portal asks `tucked_away`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection

from careplan.hooks import PortalPanel
from clients.models import BigSteps, Hidden, Part, Quiet, Shows, TuckedAway
from clients.selectors.staff import named_by

Row = TypeVar("Row")
OWN_WAY_IN = ("accounts:my_account", "accounts:my_change_password", "accounts:my_add_passkey")
ALWAYS = ("my:home", "my:more", *OWN_WAY_IN)
SESSIONS = ("appointment", "move_appointment", "cancel_appointment", "next_session", "session", "reminder", "calendar")
PARTS = (
    ("my_plan:proof", Part.INFORMATION),
    ("my_plan:", Part.PLAN),
    ("my_messages:resource", Part.RESOURCES),
    *((f"my_messages:{name}", Part.APPOINTMENTS) for name in SESSIONS),
    ("my_messages:", Part.MESSAGES),
    ("my:permission", Part.PERMISSIONS),
    ("my:consent", Part.PERMISSIONS),
    ("my:first_day", Part.PERMISSIONS),
)
PANELS = (("plans/", Part.PLAN), ("clients/", Part.INFORMATION), ("accounts/", Part.INFORMATION))


@dataclass(frozen=True)
class Tucked:
    """What one client's pages show, and what is tucked away from them. It leaves no gap, count or mark."""

    shows: Shows
    parts: frozenset[Part]
    keeps_big_steps: bool
    things: frozenset[tuple[str, str]]

    def hides(self, kind: Hidden, key: UUID | str) -> bool:
        """Whether this line, message, resource, organisation or ledger line is tucked away."""
        if kind == Hidden.ORGANISATION:
            return str(key).casefold() in {name.casefold() for each, name in self.things if each == kind}
        return (str(kind), str(key)) in self.things

    def kept(self, rows: Iterable[Row], kind: Hidden, key: Callable[[Row], UUID | str]) -> list[Row]:
        """The rows that are not tucked away; count and page over these, never before."""
        return [row for row in rows if not self.hides(kind, key(row))]

    def shows_part(self, part: Part) -> bool:
        """Whether this part of the pages is there at all."""
        match self.shows:
            case Shows.EVERYTHING:
                return True
            case Shows.CHOSEN:
                return part in self.parts
            case Shows.APPOINTMENTS:
                return part is Part.APPOINTMENTS
            case Shows.NOTHING:
                return False

    def shows_page(self, url_name: str) -> bool:
        """Whether a page of the portal, by the name of its address, is there at all."""
        if url_name in ALWAYS or self.shows is Shows.EVERYTHING:
            return True
        return self.shows_part(part_of(url_name))

    def shows_panel(self, panel: PortalPanel) -> bool:
        """Whether a part of the first page is there at all."""
        found = next((part for prefix, part in PANELS if panel.template.startswith(prefix)), None)
        if found is None:
            found = part_of(f"my_messages:{panel.key}")
        return self.shows_part(found)


def tucked_away(client_id: UUID) -> Tucked:
    """What the pages of this client show now. One query; the record is open, in the portal or for safety."""
    with connection.cursor() as cursor:
        cursor.execute("select shows, parts, big_steps, tucked from app.clients_quiet_now(%s)", [client_id])
        found = cursor.fetchone()
    if found is None:  # nobody has opened this record: nothing is shown (ACC-3)
        return Tucked(Shows.NOTHING, frozenset(), True, frozenset())
    things = json.loads(found[3]) if isinstance(found[3], str) else found[3]
    return Tucked(
        shows=Shows(found[0]),
        parts=frozenset(map(Part, found[1])),
        keeps_big_steps=found[2] == BigSteps.WITH_US,
        things=frozenset((kind, key) for kind, key in things),
    )


def part_of(url_name: str) -> Part:
    """The part of the pages an address belongs to."""
    return next((part for prefix, part in PARTS if url_name.startswith(prefix)), Part.INFORMATION)


@dataclass(frozen=True)
class QuietLine:
    """One thing tucked away, as staff see it."""

    id: UUID
    kind: Hidden
    key: str
    tucked_at: datetime
    tucked_by: str


@dataclass(frozen=True)
class QuietNow:
    """The setting as staff see it, with the agreed word; None before there was one."""

    setting: Quiet | None
    tucked: Sequence[QuietLine]


def quiet_now(client_id: UUID) -> QuietNow:
    """For staff: what is set and what is tucked away, newest first. Two queries; needs safety opened."""
    setting = Quiet.objects.filter(client_id=client_id).order_by("-set_at", "-id").first()
    rows = TuckedAway.objects.filter(client_id=client_id, back_at=None).annotate(who=named_by("tucked_by"))
    lines = [
        QuietLine(row.id, Hidden(row.kind), row.key, row.tucked_at, row.who or "The client")
        for row in rows.order_by("-tucked_at", "-id")
    ]
    return QuietNow(setting, lines)
