"""The very words that a text or an e-mail would leave with now, made by the code that sends them (CONS-9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from careplan.outgoing.gate import Carried
from careplan.outgoing.models import Outgoing
from careplan.outgoing.sending import letter_of
from messaging.reminding import By, ReminderKind
from messaging.selectors.appointments import next_sessions
from messaging.services.reminders import Going
from messaging.words import SESSION


def reminder_by(way: By) -> Callable[[UUID, str], Sequence[tuple[str, str]]]:
    """What goes out by this way about the next appointment; nothing while none is booked. One query."""

    def load(client_id: UUID, recipient: str) -> list[tuple[str, str]]:
        starts = next_sessions([client_id]).get(client_id)
        if starts is None:
            return []
        zone = timezone.get_current_timezone_name()
        going = Going(uuid4(), uuid4(), uuid4(), ReminderKind.SESSION, 1, way, "", starts, zone)
        letter = letter_of(Outgoing(kind=SESSION.kind, channel=way), Carried("", "/my/", going.when, "/stop/…"))
        return [(_("In these words"), letter.body)]

    return load
