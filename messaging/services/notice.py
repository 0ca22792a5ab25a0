"""Letting a client know that there is something, without a word about what (MSG-3, REM-3)."""

from __future__ import annotations

from uuid import UUID

from careplan.access.models import Member
from careplan.accounts.models import User
from messaging.services.calling import call
from messaging.services.change import Change


def tell_there_is_something(change: Change) -> None:
    """Puts down a reminder that there is something, one on a day of the client's; their terms decide when it leaves.

    None without an account to read in.
    """
    person = _reader(change.client_id)
    if person:
        call("something_new", [change.client_id, person])


def _reader(client_id: UUID) -> UUID | None:
    members = Member.objects.filter(client_id=client_id, until=None).values("person_id")
    readers = User.objects.filter(person_id__in=members, is_active=True).order_by("created_at")
    return readers.values_list("person_id", flat=True).first()
