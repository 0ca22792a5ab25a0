"""How every change to a client's record begins: may this person write here, and who else is writing."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import lock_head
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours

MOVED = _("Somebody else changed this while you were writing. Your words are below; please look at both.")


@dataclass(frozen=True)
class Change:
    """A change under way: whose record, in which practice, by whom, at what moment of the database's clock."""

    client_id: UUID
    practice_id: UUID
    by: UUID
    at: datetime

    @property
    def keys(self) -> dict[str, UUID]:
        """The two columns every record row begins with."""
        return {"client_id": self.client_id, "practice_id": self.practice_id}


def begin_change(*, client_id: UUID, data_class: DataClass, by: Actor) -> Change:
    """The change, with the record's head locked. Raises NotYours unless this request may write the class."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select r.practice_id, guard.now() from guard.record r "
            "where r.client_id = %s and r.client_id = any (guard.opened(%s, true))",
            [client_id, data_class],
        )
        found = cursor.fetchone()
    if found is None or by.person_id is None:
        raise NotYours
    lock_head(client_id)
    return Change(client_id=client_id, practice_id=found[0], by=by.person_id, at=found[1])


def may_write(client_id: UUID, data_class: DataClass) -> bool:
    """Says whether this request may write the class: the rule a button is hidden by."""
    with connection.cursor() as cursor:
        cursor.execute("select %s = any (guard.opened(%s, true))", [client_id, data_class])
        return bool(cursor.fetchone()[0])


def ensure_unmoved(now: datetime, seen: datetime | None) -> None:
    """Raises Conflict when the row has changed since the page that writes was opened."""
    if seen is not None and now != seen:
        raise Conflict(MOVED)


def clean_line(words: str) -> str:
    """The words on one line, as they are kept."""
    return " ".join(clean_text(words).split())


def in_months(day: date, months: int) -> date:
    """The same day some months later, or the month's last day where there is no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
