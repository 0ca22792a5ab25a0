"""A new password: by somebody signed in, or by a link for somebody who lost theirs (AUTH-1)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careplan.accounts.door_log import note
from careplan.accounts.links import digest_of, new_token
from careplan.accounts.models import PasswordLink, SigninKind, User
from careplan.accounts.services import check_password
from careplan.errors import Refused
from careplan.outgoing import Channel, Recipient, enqueue
from careplan.outgoing.gate import Carried
from careplan.outgoing.models import Outgoing

GOOD_FOR = timedelta(hours=1)
KIND = "new_password"


def send_password_link(*, email: str, address: str = "") -> None:
    """Sends a link to whoever signs in with this address. Nobody is told whether somebody does.

    For a stranger the same is put out, and the gate takes it back: the time it takes doesn't tell them apart either.
    """
    user = User.objects.with_email(email).filter(is_active=True).first()
    token, digest = new_token()
    with transaction.atomic():
        if user is not None:
            PasswordLink.objects.create(user=user, token_digest=digest, expires_at=timezone.now() + GOOD_FOR)
        note(SigninKind.PASSWORD_LINK_SENT, user=user, address=address)
        enqueue(
            kind=KIND,
            to=Recipient(user.person_id if user else None, Channel.EMAIL, user.email if user else email),
            key=f"{KIND}:{digest}",
            link=reverse("accounts:new_password", kwargs={"token": token}),
        )


def is_for_nobody(message: Outgoing, carried: Carried) -> str:
    """A code for a link that was asked for with a stranger's address; asked by the gate when it sends."""
    return "nobody" if message.kind == KIND and message.person_id is None else ""


def opens(token: str) -> bool:
    """Returns whether a link to a new password still works."""
    return _unused(token).exists()


def set_password_by_link(*, token: str, password: str, address: str = "") -> User:
    """Returns whose password it is now; every session of theirs has ended. Raises Refused for a used or old link."""
    with transaction.atomic():
        link = _unused(token).select_for_update().select_related("user").first()
        if link is None:
            raise Refused(_("That link has run out. Ask for a fresh one."))
        _set(link.user, password, address)
        PasswordLink.objects.filter(user=link.user, used_at=None).update(used_at=timezone.now())
    return link.user


def change_password(*, user: User, password: str, kept_session: str, address: str = "") -> None:
    """Gives the user a new password and ends every session of theirs but this one."""
    with transaction.atomic():
        _set(user, password, address, kept_session)


def _set(user: User, password: str, address: str, kept_session: str = "") -> None:
    check_password(password)
    user.set_password(password)
    user.save(update_fields=["password"])
    user.sessions.exclude(session_key=kept_session).delete()
    note(SigninKind.PASSWORD_CHANGED, user=user, address=address)


def _unused(token: str) -> QuerySet[PasswordLink]:
    return PasswordLink.objects.filter(token_digest=digest_of(token), used_at=None, expires_at__gt=timezone.now())
