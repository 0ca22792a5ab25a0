"""Whether messages may be sent in a record now: one rule for the form and for the service (CONS-3, CONS-4)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from careplan.errors import Refused
from clients.models import ConsentKind
from clients.selectors.permits import STAFF_WORDS, Permission, permits
from plans.selectors.people import name_of_client


def may_send(client_id: UUID) -> Permission:
    """What the database decides about messages in the client's own pages now, and why. One query."""
    return permits(client_id=client_id, purpose=ConsentKind.PORTAL_MESSAGES)


def ensure_may_send(client_id: UUID, *, by_client: bool) -> None:
    """Raises Refused, with the sentence, when the client has not said yes, or has stopped it."""
    answer = may_send(client_id)
    if answer.allowed:
        return
    if by_client:
        raise Refused(_("Writing to each other is not switched on. %(why)s") % {"why": answer.sentence})
    raise Refused(f"Nothing can be written to {name_of_client(client_id)} here: {staff_reason(answer)}")


def staff_reason(answer: Permission) -> str:
    """Why not, in words for staff."""
    return STAFF_WORDS.get(answer.reason, "it is not allowed.")
