"""Inviting somebody to make their way in: a neutral link, single-use, that issues itself anew in one click (AUTH-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import client_actor
from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.accounts.door_log import note
from careplan.accounts.links import digest_of, new_token
from careplan.accounts.models import Invitation, InvitationHat, SigninKind, User
from careplan.accounts.selectors import own_records
from careplan.accounts.services import add_user, check_email
from careplan.errors import Refused
from careplan.ledger import record
from careplan.outgoing import Channel, Recipient, enqueue

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Invite:
    """Who is invited as what, at which address; `by_hand` shows the link to staff instead of sending it."""

    practice_id: UUID
    person_id: UUID
    hat: InvitationHat
    email: str
    by_hand: bool = False


def invite(*, invited: Invite, by: UUID | None) -> str:
    """Returns the path of the link. An earlier link of theirs no longer works.

    It is sent to the address unless it is given by hand. Raises Refused for an address that signs in already, or
    somebody who has a way in.
    """
    check_email(invited.email)
    if User.objects.filter(person_id=invited.person_id).exists():
        raise Refused(_("They have their own way in already."))
    with transaction.atomic():
        return _issue(invited, by)


def _issue(invited: Invite, by: UUID | None) -> str:
    now = timezone.now()
    open_ones = Invitation.objects.filter(
        practice_id=invited.practice_id, person_id=invited.person_id, accepted_at=None, replaced_at=None
    )
    open_ones.update(replaced_at=now)
    token, digest = new_token()
    made = Invitation.objects.create(
        practice_id=invited.practice_id,
        person_id=invited.person_id,
        hat=invited.hat,
        email=invited.email.strip(),
        by_hand=invited.by_hand,
        token_digest=digest,
        made_at=now,
        made_by=by,
        expires_at=now + GOOD_FOR,
    )
    path = reverse("accounts:begin", kwargs={"token": token})
    note(SigninKind.INVITED, by=by)
    if not invited.by_hand:
        _send(made, path)
    return path


def _send(made: Invitation, path: str) -> None:
    enqueue(
        kind="invitation",
        to=Recipient(made.person_id, Channel.EMAIL, made.email),
        key=f"invitation:{made.id}",
        practice_id=made.practice_id,
        link=path,
    )


def invitation_of(token: str) -> Invitation | None:
    """Returns the invitation that a link still opens, or None."""
    found = Invitation.objects.filter(token_digest=digest_of(token), accepted_at=None, replaced_at=None)
    return found.filter(expires_at__gt=timezone.now()).select_related("practice", "person").first()


def issue_anew(token: str) -> None:
    """Sends a fresh link in place of this one. Nobody is told whether there was one.

    What was given by hand is given anew by hand: that address may not be written to.
    """
    with transaction.atomic():
        old = Invitation.objects.select_for_update().filter(token_digest=digest_of(token), accepted_at=None).first()
        if old is None or old.replaced_at is not None or old.by_hand:
            return
        _issue(Invite(old.practice_id, old.person_id, InvitationHat(old.hat), old.email), old.made_by)


def accept(*, token: str, password: str, address: str = "") -> User:
    """Returns the new way in. Raises Refused for a link that was used meanwhile, a taken address, a weak password.

    A client's record says that they have their own pages from now on.
    """
    with transaction.atomic():
        found = Invitation.objects.select_for_update().filter(
            token_digest=digest_of(token), accepted_at=None, replaced_at=None, expires_at__gt=timezone.now()
        )
        invitation = found.first()
        if invitation is None:
            raise Refused(_("That link has run out. You can have a fresh one."))
        user = add_user(person=invitation.person, email=invitation.email, password=password)
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
        note(SigninKind.ACCOUNT_BEGUN, user=user, address=address)
    if invitation.hat == InvitationHat.CLIENT:
        _tell_their_record(user.person_id)
    return user


def _tell_their_record(person_id: UUID) -> None:
    for own in own_records(person_id):
        by = client_actor(person_id=person_id, practice_id=own.practice_id)
        with opened(by, clients=[own.client_id], classes=[DataClass.IDENTITY], via="door:begin"):
            record(kind="account.begun", client_id=own.client_id, object_type="account")


def latest_invitation(person_id: UUID, practice_id: UUID) -> Invitation | None:
    """Returns the last invitation of somebody to a practice's pages, or None. One query."""
    return Invitation.objects.filter(person_id=person_id, practice_id=practice_id).order_by("-made_at").first()
