"""Whether a client uses their own pages, and how far an invitation is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from careplan.access.models import Member
from careplan.accounts.invitations import latest_invitation
from careplan.accounts.models import User
from clients.models import Contact


@dataclass(frozen=True)
class OwnPages:
    """What staff see of it: nothing of when or how often the client comes."""

    begun: bool
    invited_at: datetime | None
    by_hand: bool
    ran_out: bool
    email: str
    may_write: bool


def own_pages(client_id: UUID, practice_id: UUID) -> OwnPages:
    """How far it is. Four queries; needs identity and contact opened."""
    person_id = Member.objects.filter(client_id=client_id, until=None).values_list("person_id", flat=True).first()
    contact = Contact.objects.filter(client_id=client_id).first()
    invitation = latest_invitation(person_id, practice_id) if person_id else None
    return OwnPages(
        begun=person_id is not None and User.objects.filter(person_id=person_id).exists(),
        invited_at=invitation.made_at if invitation else None,
        by_hand=bool(invitation and invitation.by_hand),
        ran_out=bool(invitation and invitation.accepted_at is None and invitation.expires_at <= timezone.now()),
        email=contact.email if contact else "",
        may_write=bool(contact and contact.email_ok and not contact.do_not_contact),
    )
