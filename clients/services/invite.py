"""Inviting a client to their own pages, by the channel they said yes to or by hand (AUTH-1, REM-8)."""

from __future__ import annotations

from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import Member
from careplan.accounts.invitations import Invite, invite
from careplan.accounts.models import InvitationHat
from careplan.errors import Refused
from careplan.ledger import record
from clients.models import Contact
from clients.services.change import begin_change


def invite_client(*, client_id: UUID, email: str, by_hand: bool, by: Actor) -> str:
    """The path of the link. By mail only to somebody who said yes to e-mail; by hand it is for staff to give.

    Raises Refused with the sentence that says why not.
    """
    change = begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    if not by_hand:
        _ensure_may_be_written_to(client_id)
    person_id = _whose(client_id)
    invited = Invite(change.practice_id, person_id, InvitationHat.CLIENT, email, by_hand=by_hand)
    path = invite(invited=invited, by=change.by)
    record(
        kind="account.invited",
        client_id=client_id,
        object_type="account",
        after="by_hand" if by_hand else "email",
    )
    return path


def _ensure_may_be_written_to(client_id: UUID) -> None:
    contact = Contact.objects.get(client_id=client_id)
    if contact.do_not_contact:
        raise Refused("They asked not to be contacted. You can give them the link by hand.")
    if not contact.email_ok:
        raise Refused("They haven’t said yes to e-mail. Ask them first, or give them the link by hand.")


def _whose(client_id: UUID) -> UUID:
    members = list(Member.objects.filter(client_id=client_id, until=None).values_list("person_id", flat=True)[:2])
    if len(members) != 1:
        raise Refused("This record stands for several people. Invite each from their own record.")
    return members[0]
